using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Vrrp;
using Director.Tests.Support;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Tests.VrrpProcess;

/// <summary>Hears the adverts on a machine's wire, on a thread of its own.</summary>
internal sealed class AdvertTap : IDisposable
{
    private readonly WakeSignal _stop = new();
    private readonly Lock _gate = new();
    private readonly List<byte> _priorities = [];
    private readonly NamespaceThread _thread;
    private volatile bool _stopping;

    public AdvertTap(NetworkNamespace where) => _thread = NamespaceThread.Start(where, () =>
    {
        using var link = new RawVrrpLink(MonotonicClock.Instance, _ => { });
        link.Listen([.. Enumerable.Range(1, byte.MaxValue)
            .Select(id => new AdvertSubscription(link.Open("e0"), new(false, AdvertisementDatagram.GroupV4), (byte)id))]);
        link.Watch(_stop.Handle);
        var received = new ReceivedDatagrams();
        while (!_stopping)
        {
            link.Wait(MonotonicClock.Instance.Now + TimeSpan.FromSeconds(1));
            while (link.TryReadEvent(out _)) { }
            link.Receive(received);
            for (var i = 0; i < received.Count; i++)
            {
                if (!AdvertisementPacket.TryRead(received[i], out var packet)) continue;
                if (!Advertisement.TryRead(packet.Message, packet.IsV6, out var advertisement)) continue;
                lock (_gate) _priorities.Add(advertisement.Priority);
            }

            received.Clear();
        }
    });

    /// <summary>The priorities heard, in order.</summary>
    public IReadOnlyList<byte> Priorities
    {
        get
        {
            lock (_gate) return [.. _priorities];
        }
    }

    public int Resignations => Priorities.Count(priority => priority == 0);

    public void Dispose()
    {
        _stopping = true;
        _stop.Signal();
        _thread.Join();
        _stop.Dispose();
    }
}
