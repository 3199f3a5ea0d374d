using System.Threading.Channels;
using Director.Linux.Netlink;

namespace Director.Control;

/// <summary>
/// Passes what the kernel says of links, addresses and neighbours on to the control loop, from a thread of its own. It listens from
/// construction on, so what is dumped after it was made misses nothing.
/// </summary>
internal sealed class RouteWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly RouteMonitor _monitor = new(RouteGroups.All);
    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;

    /// <summary>Starts to pass on. A change that nobody cares about is passed on too; the loop knows better.</summary>
    public void Start(ChannelWriter<ControlEvent> events)
    {
        _thread = new Thread(() =>
        {
            while (!_stop.IsCancellationRequested)
            {
                if (!_monitor.Wait(Patience)) continue;
                while (_monitor.TryRead(out var change)) Pass(new ControlEvent.Route(change), events);
            }
        })
        {
            IsBackground = true,
            Name = "route-watch",
        };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _monitor.Dispose();
        _stop.Dispose();
    }

    /// <summary>
    /// Waits while the loop is behind: the kernel's own buffer holds what comes meanwhile, and says so when it overflows.
    /// </summary>
    private void Pass(ControlEvent change, ChannelWriter<ControlEvent> events)
    {
        while (!events.TryWrite(change) && !_stop.IsCancellationRequested) _stop.Token.WaitHandle.WaitOne(Patience);
    }
}
