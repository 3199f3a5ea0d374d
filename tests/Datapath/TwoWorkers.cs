using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>Two workers over memory that see each other's connections, with a clock that the test moves.</summary>
internal sealed class TwoWorkers : IDisposable
{
    public TwoWorkers(params IEnumerable<VirtualServiceSpec> services)
    {
        Peers.Add(First);
        Peers.Add(Second);
        var persistence = new PersistenceTable(16, 1);
        One = new(0, First, persistence, null, Peers);
        Other = new(1, Second, persistence, null, Peers);
        Table = ForwardingTable.Build([.. services], ForwardingTable.Empty(2), Now, null, Engine.Links);
    }

    public ConnectionPeers Peers { get; } = new();

    /// <summary>The connections of <see cref="One"/>.</summary>
    public ConnectionTable First { get; } = new(64, 1);

    /// <summary>The connections of <see cref="Other"/>.</summary>
    public ConnectionTable Second { get; } = new(64, 2);

    public Forwarder One { get; }

    public Forwarder Other { get; }

    public ForwardingTable Table { get; }

    public MonoTime Now { get; set; } = MonoTime.Zero + TimeSpan.FromDays(1);

    /// <summary>The state of a TCP connection that the first worker has.</summary>
    public ConnectionState StateOf(ushort clientPort)
    {
        var key = new ConnectionKey(Ip(Engine.Client), Table.FindAddress(IpProtocol.Tcp, Ip(Engine.Vip)), clientPort, Engine.Port);
        return First[First.Find(key, First.HashOf(key))].State;
    }

    /// <summary>Lets time pass as idle workers do.</summary>
    public void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Now += TimeSpan.FromSeconds(1);
            One.Expire(Table, Now);
            Other.Expire(Table, Now);
        }
    }

    public Sent Send(Forwarder forwarder, byte[] frame)
    {
        using var port = new MemoryFramePort(1);
        var batch = new FrameBatch(1);
        Sent? sent = null;
        port.Committed = (in FrameSlot slot, ReadOnlySpan<byte> bytes) => sent = new(slot.Verdict, slot.Egress, bytes.ToArray());
        Assert.True(port.TryPut(frame));
        port.Receive(batch);
        forwarder.Process(batch, Table, Now);
        port.Commit(batch);
        return sent!;
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
