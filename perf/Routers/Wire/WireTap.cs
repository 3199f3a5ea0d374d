using Director.Lab.Namespaces;
using Director.Perf.Topology;

namespace Director.Perf.Routers.Wire;

/// <summary>
/// What the machines on a switch send, each by its port, so that it is known who a frame is from whatever it says; with the kernel's time
/// of it. Safe from any thread.
/// </summary>
internal sealed class WireTap : IDisposable
{
    private const int LongestFrame = 2048;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly List<NamespaceThread> _threads = [];
    private readonly Lock _gate = new();
    private readonly List<SeenAdvert> _adverts = [];
    private readonly List<SeenAnnouncement> _announcements = [];
    private readonly List<SeenJoin> _joins = [];
    private readonly List<SeenEcho> _echoes = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    /// <summary>Begins to listen at these ports of a switch; when this returns, nothing more is missed.</summary>
    /// <param name="where">The switch.</param>
    /// <param name="ports">Its ports, each with the machine that is behind it.</param>
    public WireTap(NetworkNamespace where, IReadOnlyCollection<(string Port, string Machine)> ports)
    {
        using var listening = new CountdownEvent(ports.Count);
        foreach (var (port, machine) in ports)
        {
            _threads.Add(NamespaceThread.Start(where, () =>
            {
                PacketSocket socket;
                try
                {
                    socket = new PacketSocket(port, Look);
                }
                finally
                {
                    listening.Signal();
                }

                using (socket) Listen(socket, machine);
            }));
        }

        listening.Wait();
    }

    /// <summary>All adverts, in the order in which each machine sent them.</summary>
    public IReadOnlyList<SeenAdvert> Adverts => Copy(_adverts);

    /// <summary>All gratuitous ARP requests and unsolicited neighbour advertisements.</summary>
    public IReadOnlyList<SeenAnnouncement> Announcements => Copy(_announcements);

    /// <summary>All joining of multicast groups.</summary>
    public IReadOnlyList<SeenJoin> Joins => Copy(_joins);

    /// <summary>All echo replies.</summary>
    public IReadOnlyList<SeenEcho> Echoes => Copy(_echoes);

    /// <summary>Forgets all that was seen.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _adverts.Clear();
            _announcements.Clear();
            _joins.Clear();
            _echoes.Clear();
        }
    }

    /// <summary>Waits until <paramref name="find"/> finds something, looking at each new frame; null if it does not in time.</summary>
    public async Task<T?> FindAsync<T>(Func<WireTap, T?> find, TimeSpan patience, CancellationToken stop = default)
        where T : class
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task more;
            lock (_gate) more = _more.Task;
            if (find(this) is { } found) return found;
            var left = patience - TimeProvider.System.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero) return null;
            await Task.WhenAny(more, Task.Delay(left, stop));
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        foreach (var thread in _threads) thread.Join();
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_gate) return [.. list];
    }

    private void Listen(PacketSocket socket, string from)
    {
        var buffer = new byte[LongestFrame];
        while (!_stopping)
        {
            var length = socket.Receive(buffer, out var at);
            if (length > 0 && FrameReader.Read(at, from, buffer.AsSpan(0, length)) is { } seen) Keep(seen);
        }
    }

    private void Keep(object seen)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            switch (seen)
            {
                case SeenAdvert advert: _adverts.Add(advert); break;
                case SeenAnnouncement announcement: _announcements.Add(announcement); break;
                case SeenJoin join: _joins.Add(join); break;
                case SeenEcho echo:
                    _echoes.Add(echo);
                    return; // so many that nobody waits for one
            }

            (told, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        told.SetResult();
    }
}
