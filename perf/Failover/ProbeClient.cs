using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Perf.Topology;

namespace Director.Perf.Failover;

/// <summary>
/// A client that asks an address each millisecond whether it is there (ICMP echo, RFC 792). Who answers, and when, the switch sees; it does
/// not read the answers itself.
/// </summary>
internal sealed class ProbeClient : IDisposable
{
    private const int Priority = 40; // below the routers'
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1);
    private readonly NamespaceThread _thread;
    private volatile bool _stopping;

    /// <summary>Begins to ask.</summary>
    public ProbeClient(NetworkNamespace where, string address) => _thread = NamespaceThread.Start(where, () =>
    {
        _ = RealTime.TryEnter(Priority);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        // Nobody reads what it gets: the least that the kernel lets wait.
        socket.ReceiveBufferSize = 0;
        socket.Connect(new IPEndPoint(IPAddress.Parse(address), 0));
        var packet = new byte[16];
        packet[0] = 8;
        var due = MonotonicClock.Instance.Now;
        for (ushort sequence = 0; !_stopping; sequence++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), sequence);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), 0);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), Checksum.Compute(packet));
            try
            {
                socket.Send(packet);
            }
            catch (SocketException)
            {
                // Nobody has the address now.
            }

            due += Period;
            var left = due - MonotonicClock.Instance.Now;
            if (left > TimeSpan.Zero) Thread.Sleep(left);
            else due = MonotonicClock.Instance.Now;
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }
}
