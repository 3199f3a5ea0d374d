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

    /// <summary>As many as are ranked by load instead of searched.</summary>
    private const int ManyServers = LeastLoaded<WeightedLeastConnections>.FewestRanked;

    private const int IpOffset = EthernetHeader.Size;
    private const int TcpOffset = IpOffset + Ipv4Header.MinSize;
    private const int FrameBytes = TcpOffset + TcpHeader.MinSize;

    private static readonly IpAddress128 Vip = IpAddress128.FromV4(0xc000_0201);
    private static readonly TcpFlags[] Life =
        [TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Psh, TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Ack];

    /// <summary>Plays it; on any thread.</summary>
    public static void Run()
    {
        var service = new ServiceKey(IpProtocol.Tcp, new(Vip, 80));
        var nextHop = new NextHop(0, MacAddress.Broadcast, MacAddress.Broadcast, 1500);
        var servers = Enumerable.Range(2, ManyServers)
            .Select(number => new RealServerSpec(new(IpAddress128.FromV4(0xc000_0200u + (uint)number), 80), 1, nextHop)).ToArray();
        using var connections = new ConnectionTable(Flows, 1);
        var forwarder = new Forwarder(0, connections, new(Flows, 1));
        using var port = new MemoryFramePort();
        var batch = new FrameBatch();
        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Empty();
        foreach (var scheduler in SchedulerCatalog.Names)
            foreach (var count in (int[])[FewServers, ManyServers])
                foreach (var persistence in (TimeSpan?[])[null, TimeSpan.FromSeconds(50)]) Play(scheduler, persistence, servers[..count]);

        void Play(string scheduler, TimeSpan? persistence, RealServerSpec[] pool)
        {
            table = ForwardingTable.Build([new(service, scheduler, persistence, 32, pool)], table, now);
            foreach (var flags in Life)
            {
                for (var flow = 0; flow < Flows; flow++)
                {
                    port.TryPut(Segment((uint)flow, flags));
                    if (flow % batch.Capacity != batch.Capacity - 1) continue;
                    port.Receive(batch);
                    forwarder.Process(batch, table, now);
                    port.Commit(batch);
                }
            }

            now += TimeSpan.FromMinutes(20);
            forwarder.Expire(table, now);
        }
    }

    private static byte[] Segment(uint client, TcpFlags flags)
    {
        var frame = new byte[FrameBytes];
        EthernetHeader.Write(frame, MacAddress.Broadcast, MacAddress.Broadcast, EtherType.Ipv4);
        var ip = frame.AsSpan(IpOffset, Ipv4Header.MinSize);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], FrameBytes - IpOffset);
        ip[8] = 64;
        ip[9] = (byte)IpProtocol.Tcp;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], 0xc633_6401 + client % 200);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], Vip.V4);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip));
        var tcp = frame.AsSpan(TcpOffset);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)(1024 + client));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], 80);
        tcp[12] = (TcpHeader.MinSize / 4) << 4;
        tcp[13] = (byte)flags;
        return frame;
    }
}
