using System.Buffers.Binary;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath;

/// <summary>
/// Plays the lives of some thousand connections through a packet path of its own, so that the code is compiled, and compiled well, before
/// the first client's packet needs it. Touches nothing that forwards for real; takes some tenths of a second.
/// </summary>
public static class ForwardingRehearsal
{
    private const int Flows = 8 * DatapathLimits.DefaultBatchFrames;
    private const int FewServers = 2;
    private const ushort HttpPort = 80;

    /// <summary>As many as are ranked by load instead of searched.</summary>
    private const int ManyServers = LeastLoaded<WeightedLeastConnections>.FewestRanked;

    private const int IpOffset = EthernetHeader.Size;
    private const int TcpOffset = IpOffset + Ipv4Header.MinSize;
    private const int FrameBytes = TcpOffset + TcpHeader.MinSize;

    private static readonly IpAddress128 Vip = IpAddress128.FromV4(0xc000_0201);
    private static readonly IpAddress128 FirstServer = IpAddress128.FromV4(0xc000_0202);
    private static readonly TcpFlags[] Life =
        [TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Psh, TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Ack];

    /// <summary>Plays it; on any thread.</summary>
    public static void Run()
    {
        var service = new ServiceKey(IpProtocol.Tcp, new(Vip, HttpPort));
        var link = new LinkSpec(MacAddress.Broadcast, 1500);
        var nextHop = new NextHop(0, MacAddress.Broadcast, link.Address, link.Mtu);
        var servers = Enumerable.Range(0, ManyServers)
            .Select(number => new RealServerSpec(new(IpAddress128.FromV4(FirstServer.V4 + (uint)number), HttpPort), 1, nextHop)).ToArray();
        using var connections = new ConnectionTable(Flows, 1);
        var forwarder = new Forwarder(0, connections, new(Flows, 1));
        using var port = new MemoryFramePort();
        var batch = new FrameBatch();
        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Empty();
        foreach (var scheduler in SchedulerCatalog.Names)
            foreach (var count in (int[])[FewServers, ManyServers])
                foreach (var persistence in (TimeSpan?[])[null, TimeSpan.FromSeconds(50)]) Play(scheduler, persistence, servers[..count]);
        Play(SchedulerCatalog.Names[0], null, [servers[0] with { Method = ForwardingMethod.Masquerading }]);

        void Play(string scheduler, TimeSpan? persistence, RealServerSpec[] pool)
        {
            table = ForwardingTable.Build([new(service, scheduler, persistence, 32, pool)], table, now, null, [link]);
            foreach (var flags in Life)
            {
                Send(flags, fromServer: false);
                if (pool[0].Method == ForwardingMethod.Masquerading) Send(flags | TcpFlags.Ack, fromServer: true);
            }

            now += TimeSpan.FromMinutes(20);
            forwarder.Expire(table, now);
        }

        void Send(TcpFlags flags, bool fromServer)
        {
            for (var flow = 0; flow < Flows; flow++)
            {
                port.TryPut(Segment((uint)flow, flags, fromServer));
                if (flow % batch.Capacity != batch.Capacity - 1) continue;
                port.Receive(batch);
                forwarder.Process(batch, table, now);
                port.Commit(batch);
            }
        }
    }

    private static byte[] Segment(uint flow, TcpFlags flags, bool fromServer)
    {
        var frame = new byte[FrameBytes];
        EthernetHeader.Write(frame, MacAddress.Broadcast, MacAddress.Broadcast, EtherType.Ipv4);
        var ip = frame.AsSpan(IpOffset, Ipv4Header.MinSize);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], FrameBytes - IpOffset);
        ip[8] = 64;
        ip[9] = (byte)IpProtocol.Tcp;
        var client = 0xc633_6401 + (flow % 200);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], fromServer ? FirstServer.V4 : client);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], fromServer ? client : Vip.V4);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip));
        var tcp = frame.AsSpan(TcpOffset);
        var clientPort = (ushort)(1024 + flow);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, fromServer ? HttpPort : clientPort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], fromServer ? clientPort : HttpPort);
        tcp[12] = (TcpHeader.MinSize / 4) << 4;
        tcp[13] = (byte)flags;
        return frame;
    }
}
