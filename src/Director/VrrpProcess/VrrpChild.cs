using System.Globalization;
using Director.Bfd.Ports;
using Director.Linux;
using Director.Linux.Vrrp;
using Director.Linux.Xdp;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.VrrpProcess;

/// <summary>
/// The VRRP process: runs virtual routers as the main process tells it, and resigns when that ends, is told to stop, or makes no progress.
/// One thread.
/// </summary>
internal sealed partial class VrrpChild : IDisposable
{
    private readonly ControlSocket _control;
    private readonly ChildReporter _reporter;
    private readonly ProcessScheduling _scheduling;
    private readonly MapSteering _steering;
    private readonly VrrpRunner _runner;
    private readonly IMonoClock _clock;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(ControlLimits.MessageSize);
    private readonly List<VrrpInstanceSettings> _instances = [];
    private readonly List<SyncGroupSettings> _groups = [];
    private readonly List<IpAddress128> _staticAddresses = [];
    private IpAddress128[] _armedStatically = [];
    private MonoTime _servedAt = MonoTime.Never;
    private TimeSpan _shortestInterval = ControlLimits.LongestStall;
    private TimeSpan _shortestStall = ControlLimits.ShortestStall;
    private MonoTime _awaited = MonoTime.Never;
    private MonoTime _excusedAt = MonoTime.Zero;
    private TimeSpan _excused;
    private bool _mainStalled;

    /// <summary>A process without instances, which the main process will send.</summary>
    /// <param name="link">Where virtual routers live.</param>
    /// <param name="bfdLink">Where BFD sessions live.</param>
    /// <param name="control">Our end of the wire to the main process.</param>
    /// <param name="reporter">To the other end of it.</param>
    /// <param name="scheduling">How the process is scheduled.</param>
    /// <param name="clock">The clock of all deadlines.</param>
    /// <param name="seed">Of BFD's discriminators and jitter; another one after each start.</param>
    public VrrpChild(IVrrpLink link, IBfdLink bfdLink, ControlSocket control, ChildReporter reporter, ProcessScheduling scheduling,
        IMonoClock clock, ulong seed)
    {
        (_control, _reporter, _scheduling, _clock) = (control, reporter, scheduling, clock);
        _steering = new(reporter.LinkProblem);
        _runner = new(link, _steering, reporter, clock);
        _bfdReporter = new(control, reporter, clock, (key, status) => _runner.SetTracker(key, status));
        _bfd = new(bfdLink, _bfdReporter, clock, seed);
    }

    /// <summary>When <see cref="Turn"/> has something to do, unless something arrives before.</summary>
    public MonoTime NextDeadline => MonoTime.Min(
        MonoTime.Min(_runner.NextDeadline, _bfd.NextDeadline), _mainStalled ? MonoTime.Never : StalledAt);

    private MonoTime StalledAt => _servedAt + (LongestStall + _excused);

    private TimeSpan LongestStall => StallPatience.Of(_shortestInterval, _shortestStall);

    /// <summary>Does all that is due. False if the process is to end: the main process has, or has asked for it.</summary>
    public bool Turn()
    {
        // Read before the messages: a heartbeat that had come by then is heard before the silence is believed.
        var now = _clock.Now;
        Excuse(now);
        var messages = 0;
        for (; messages < ControlLimits.MessagesPerTurn; messages++)
        {
            var receipt = _control.TryReceive(_buffer, out var length, out var descriptors);
            if (receipt == ControlReceipt.Closed) return false;
            if (receipt == ControlReceipt.Nothing) break;
            if (!Take(_buffer.AsSpan(0, length), descriptors)) return false;
        }

        if (messages < ControlLimits.MessagesPerTurn) Watch(now);
        _bfd.Turn();
        _runner.Turn();
        _reporter.SendStates();
        _bfdReporter.SendStates();
        _awaited = NextDeadline;
        return true;
    }

    /// <summary>
    /// Resigns: peers are told, addresses removed, and only then are their packets the host's again and the XDP programs let go.
    /// </summary>
    public void Resign()
    {
        _runner.Shutdown();
        _bfd.Shutdown();
        foreach (var address in _armedStatically) _steering.Disarm(address);
        _armedStatically = [];
        _steering.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _steering.Dispose();

    private bool Take(ReadOnlySpan<byte> message, int[]? descriptors)
    {
        if (!ControlReader.TryRead(message, out var kind, out var reader)) return Refuse("another version of the program");
        switch (kind)
        {
            case ControlKind.Heartbeat when ControlCodec.TryReadHeartbeat(ref reader, out var served, out var shortestStall):
                _shortestStall = shortestStall;
                if (served >= _excusedAt) _excused = TimeSpan.Zero;
                _servedAt = served;
                return true;
            case ControlKind.Steering:
                return ControlCodec.TryReadSteering(ref reader, out var hasVipMap, out var hasEpoch)
                    && (descriptors?.Length ?? 0) >= (hasVipMap ? 1 : 0) + (hasEpoch ? 1 : 0)
                    ? TakeSteering(hasVipMap, hasEpoch, new(descriptors ?? []))
                    : Refuse("an unreadable message");
            case ControlKind.Instance
                when _instances.Count < VrrpLimits.Instances && ControlCodec.TryReadInstance(ref reader, out var settings):
                _instances.Add(settings);
                return true;
            case ControlKind.Ownership or ControlKind.Route or ControlKind.Rule or ControlKind.Host or ControlKind.Scheduling:
                return TakePart(kind, ref reader) || Refuse("an unreadable message");
            case ControlKind.BfdSession:
                return TakeBfdSession(ref reader) || Refuse("an unreadable message");
            case ControlKind.SyncGroup
                when _groups.Count < VrrpLimits.Instances && ControlCodec.TryReadSyncGroup(ref reader, out var group):
                if (group.Problem() is { } flaw) _reporter.Line(true, flaw);
                else _groups.Add(group);
                return true;
            case ControlKind.StaticAddresses when _staticAddresses.Count < ControlLimits.StaticAddresses:
                return ControlCodec.TryReadStaticAddresses(ref reader, _staticAddresses) || Refuse("an unreadable message");
            case ControlKind.Tracker when ControlCodec.TryReadTracker(ref reader, out var key, out var status):
                if (!_runner.SetTracker(key, status)) _reporter.Line(true, $"{key.Name} is not tracked: {VrrpLimits.Trackers} things are");
                return true;
            case ControlKind.Commit:
                Commit();
                return true;
            case ControlKind.CountersRequest:
                _reporter.Counters(_runner);
                _bfdReporter.Standings(_bfd);
                return true;
            case ControlKind.Stop:
                return false;
            default:
                return Refuse("an unreadable message");
        }
    }

    private bool TakeSteering(bool hasVipMap, bool hasEpoch, Queue<int> descriptors)
    {
        try
        {
            var vips = hasVipMap ? VipMap.FromHandle(descriptors.Dequeue()) : null;
            var epoch = hasEpoch ? FlowEpoch.FromHandle(descriptors.Dequeue()) : null;
            _steering.Replace(vips, epoch, [.. descriptors.Select(descriptor => new FileDescriptor(descriptor))]);
            return true;
        }
        catch (LinuxException refusal)
        {
            return Refuse($"no VIP map or no epoch ({refusal.Message})");
        }
    }

    private void Commit()
    {
        var before = _armedStatically;
        _armedStatically = [.. _staticAddresses];
        foreach (var address in before.Except(_armedStatically)) _steering.Disarm(address);
        CommitBfd();
        _instances.RemoveAll(settings => Report(settings.Problem()));
        _shortestInterval = StallPatience.ShortestInterval(_instances);
        _runner.ReportLinkLocalGroups(_host.ReportsLinkLocalGroups);
        _runner.Configure(_instances, _groups);
        _runner.SetHost(_host);
        // After what is left of a predecessor has been disarmed, which may be one of these.
        foreach (var address in _armedStatically) _steering.Arm(address);
        _instances.Clear();
        _groups.Clear();
        _host = HostSettings.None;
        _staticAddresses.Clear();
        // Before the first heartbeat there is as much time as there may be at all.
        if (_servedAt.IsNever) _servedAt = _clock.Now + (ControlLimits.LongestStall - LongestStall);
    }

    /// <summary>
    /// A machine that kept us from running, of real-time priority as we are, kept the main process too: that time is not held against it,
    /// up to as much as it may take at all.
    /// </summary>
    private void Excuse(MonoTime now)
    {
        if (now <= _awaited) return;
        var excused = _excused + (now - _awaited);
        _excusedAt = now;
        _excused = excused < LongestStall ? excused : LongestStall;
    }

    private void Watch(MonoTime now)
    {
        var stalled = now >= StalledAt;
        if (stalled == _mainStalled) return;
        _mainStalled = stalled;
        _reporter.Line(stalled, stalled
            ? string.Create(CultureInfo.InvariantCulture, $"no packet could be served for {LongestStall.TotalSeconds} s: ")
                + "resigning until the main process makes progress"
            : "the main process makes progress again");
        _runner.SetMainStalled(stalled);
    }

    private bool Refuse(string what)
    {
        _reporter.Line(true, $"the main process sent {what}: resigning");
        return false;
    }
}
