using Director.Linux.Abi;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// Sends announcements on a thread of its own, in the network namespace of the thread that starts it, so that however many there are no
/// advert waits for them. What an interface is like is set by the thread that watches it; neither waits for the other.
/// </summary>
internal sealed unsafe class AnnouncementThread : IAnnouncementSender, IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // A queue of a thousand frames, as interfaces have, is not filled at once; so a burst of five for 200 addresses takes 32 ms.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    // As keepalived looks again.
    private static readonly TimeSpan RouterFlagAge = TimeSpan.FromSeconds(5);

    private readonly AnnouncementSocket _socket = new();
    private readonly WakeSignal _wake = new();
    private readonly IMonoClock _clock;
    private readonly LinkState?[] _links = new LinkState?[VrrpLimits.Interfaces];
    private readonly Thread _thread;
    private volatile bool _isStopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <exception cref="LinuxException">No CAP_NET_RAW.</exception>
    public AnnouncementThread(IMonoClock clock)
    {
        _clock = clock;
        Announcer = new(this, clock, Rest);
        _thread = new(Run) { IsBackground = true, Name = "vrrp-announce" };
        _thread.Start();
    }

    /// <summary>Whose announcements are sent. After asking for some, or cancelling, <see cref="Wake"/>.</summary>
    public Announcer Announcer { get; }

    /// <summary>Has what was asked for seen to now.</summary>
    public void Wake() => _wake.Signal();

    /// <summary>Says what an interface is like from now on.</summary>
    public void SetLink(int link, in AnnouncementSource source) => Volatile.Write(ref _links[link], new(source));

    /// <inheritdoc/>
    bool IAnnouncementSender.Announce(int link, IpAddress128 address)
    {
        if (Volatile.Read(ref _links[link]) is not { } state || state.Source.LinkIndex == 0) return false;
        if (!state.Source.HasNeighbours) return true;
        if (address.IsV4) return _socket.Announce(state.Source, address) == 0;
        if (_clock.Now >= state.LookAgainAt)
        {
            state.IsRouter = Sysctl.Read(state.Forwarding) == 1;
            state.LookAgainAt = _clock.Now + RouterFlagAge;
        }

        return _socket.Announce(state.Source with { IsRouter = state.IsRouter }, address) == 0;
    }

    /// <summary>Ends the thread; what has not been sent is not.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _wake.Signal();
        _thread.Join();
        _wake.Dispose();
        _socket.Dispose();
    }

    private void Run()
    {
        Rehearse();
        var polled = new pollfd { fd = _wake.Handle, events = LibC.POLLIN };
        while (!_isStopping)
        {
            Announcer.Turn();
            var deadline = Announcer.NextDeadline;
            Libc.Timespec timeout = default;
            if (!deadline.IsNever)
            {
                var nanoseconds = Math.Max(deadline.Nanoseconds - _clock.Now.Nanoseconds, 0);
                timeout = new() { Seconds = nanoseconds / NanosecondsPerSecond, Nanoseconds = nanoseconds % NanosecondsPerSecond };
            }

            if (Libc.Poll(&polled, 1, deadline.IsNever ? null : &timeout, null) > 0) _wake.Reset();
        }
    }

    /// <summary>On an interface that cannot be, so that the first announcement does not wait for the compiler.</summary>
    private void Rehearse()
    {
        var nowhere = new AnnouncementSource(int.MaxValue, "", default, true, false);
        _ = _socket.Announce(nowhere, IpAddress128.FromV4(0x7f00_0001));
        _ = _socket.Announce(nowhere, IpAddress128.Parse("::1"));
        _ = ((IAnnouncementSender)this).Announce(0, default);
        Announcer.Turn();
    }

    private sealed class LinkState(AnnouncementSource source)
    {
        public AnnouncementSource Source => source;

        public string Forwarding { get; } = Sysctl.OfInterface(isV4: false, source.Name, "forwarding");

        public bool IsRouter { get; set; }

        public MonoTime LookAgainAt { get; set; } = MonoTime.Zero;
    }
}
