using Director.Lab.Namespaces;
using Director.Linux;
using Director.Perf.Routers;
using Director.Perf.Routers.Wire;
using Director.Perf.Topology;

namespace Director.Perf.Stress;

/// <summary>A machine that sends frames, one after the other and again, as many a second as it is told.</summary>
internal sealed class AdvertSpray : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private readonly NamespaceThread _thread;
    private volatile bool _stopping;
    private long _sent;

    /// <summary>Begins to send.</summary>
    public AdvertSpray(NetworkNamespace from, IReadOnlyList<byte[]> frames, double perSecond) => _thread = NamespaceThread.Start(from, () =>
    {
        using var socket = new PacketSocket(VrrpLan.Device);
        var begun = MonotonicClock.Instance.Now;
        while (!_stopping)
        {
            // What a busy machine kept it from sending is made up for.
            var due = (long)((MonotonicClock.Instance.Now - begun).TotalSeconds * perSecond);
            for (; _sent < due; Interlocked.Increment(ref _sent)) socket.Send(frames[(int)(_sent % frames.Count)]);
            Thread.Sleep(Tick);
        }
    });

    /// <summary>How many it has sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }
}
