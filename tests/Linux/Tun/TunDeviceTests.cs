using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Host;
using Director.Linux.Netlink;
using Director.Linux.Tun;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Support;

namespace Director.Tests.Linux.Tun;

[Collection("kernel")]
public sealed class TunDeviceTests
{
    private const int AllProtocols = 3;
    private const uint Acknowledged = 0x01020304;
    private static readonly IpAddress128 Client = IpAddress128.Parse("192.168.80.1");
    private static readonly IpAddress128 Vip = IpAddress128.Parse("192.168.80.130");
    private static readonly IpAddress128 Server = IpAddress128.Parse("10.1.0.80");
    private static readonly IpAddress128 Own = IpAddress128.Parse("169.254.80.1");

    [KernelFact]
    public void A_segment_without_a_connection_gets_the_hosts_reset() => OnPair((client, _) =>
    {
        using var capture = Capture(client);
        using var tun = TunDevice.Create("director0", Own);
        Assert.True(tun.TryWrite(Segment(sourcePort: 40000, TcpFlags.Ack)));
        Assert.Equal((1, 0), (tun.Written, tun.Refused));

        var frame = new byte[2048];
        while (true)
        {
            var length = capture.Receive(frame);
            if (!EthernetHeader.TryRead(frame.AsSpan(0, length), out var ethernet) || ethernet.Type != EtherType.Ipv4) continue;
            if (!Ipv4Header.TryRead(ethernet.Payload, out var ip) || ip.Protocol != IpProtocol.Tcp) continue;
            Assert.True(TcpHeader.TryRead(ip.Payload, out var tcp));
            Assert.Equal((Vip, Client), (ip.Source, ip.Destination));
            Assert.Equal((80, 40000), (tcp.SourcePort, tcp.DestinationPort));
            Assert.Equal(TcpFlags.Rst, tcp.Flags);
            Assert.Equal(Acknowledged, tcp.SequenceNumber);
            return;
        }
    });

    [KernelFact]
    public void A_segment_of_ipv6_gets_it_too() => OnPair((client, director) =>
    {
        client.Sysctl("net.ipv6.conf.eth0.disable_ipv6", "0");
        director.Sysctl("net.ipv6.conf.eth0.disable_ipv6", "0");
        client.Ip("-6", "address", "add", "fd00::1/64", "dev", "eth0", "nodad");
        director.Ip("-6", "address", "add", "fd00::130/64", "dev", "eth0", "nodad");
        using var capture = Capture(client);
        using var tun = TunDevice.Create("director0", Own);
        var (source, vip) = (IpAddress128.Parse("fd00::1"), IpAddress128.Parse("fd00::130"));
        Assert.True(tun.TryWrite(SegmentV6(source, vip)));

        var frame = new byte[2048];
        while (true)
        {
            var length = capture.Receive(frame);
            if (!EthernetHeader.TryRead(frame.AsSpan(0, length), out var ethernet) || ethernet.Type != EtherType.Ipv6) continue;
            if (!Ipv6Header.TryRead(ethernet.Payload, out var ip) || ip.NextHeader != IpProtocol.Tcp) continue;
            Assert.True(TcpHeader.TryRead(ip.Payload, out var tcp));
            Assert.Equal((vip, source, TcpFlags.Rst), (ip.Source, ip.Destination, tcp.Flags));
            Assert.Equal(Acknowledged, tcp.SequenceNumber);
            return;
        }
    });

    [KernelFact]
    public void Strict_reverse_path_filtering_for_all_is_in_the_way() => OnPair((_, director) =>
    {
        director.Sysctl("net.ipv4.conf.all.rp_filter", "1");
        using var tun = TunDevice.Create("director0", Own);
        Assert.True(tun.TryWrite(Segment(sourcePort: 40000, TcpFlags.Ack)));
        Assert.Equal(1, Counter("/proc/thread-self/net/netstat", "TcpExt", "IPReversePathFilter"));
        Assert.Equal(1, Sysctl.ReadNumber("net/ipv4/conf/all/rp_filter"));
    });

    [KernelFact]
    public void A_packet_to_an_address_that_left_goes_nowhere() => OnPair((_, director) =>
    {
        director.Sysctl("net.ipv4.ip_forward", "1");
        using var tun = TunDevice.Create("director0", Own);
        director.Ip("address", "del", $"{Vip}/32", "dev", "eth0");
        Assert.True(tun.TryWrite(Segment(sourcePort: 40000, TcpFlags.Ack)));
        Assert.Equal(0, Counter("/proc/thread-self/net/snmp", "Ip", "ForwDatagrams"));
        Assert.Equal(1, Counter("/proc/thread-self/net/snmp", "Ip", "InAddrErrors"));
    });

    [KernelTheory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void What_is_not_for_the_host_is_forwarded_if_it_is_a_router_and_told_to(bool isRouter, bool wanted, bool forwarded) =>
        OnPair((client, director) =>
        {
            director.Sysctl("net.ipv4.ip_forward", isRouter ? "1" : "0");
            using var capture = Capture(client);
            using var tun = TunDevice.Create("director0", Own);
            tun.SetForwarding(!wanted);
            tun.SetForwarding(wanted);
            Assert.True(tun.TryWrite(Segment(sourcePort: 8080, TcpFlags.Ack, Server, Client)));
            Assert.Equal(forwarded ? 1 : 0, Counter("/proc/thread-self/net/snmp", "Ip", "ForwDatagrams"));
            Assert.Equal(forwarded ? 0 : 1, Counter("/proc/thread-self/net/snmp", "Ip", "InAddrErrors"));
            if (!forwarded) return;
            var packet = NextOf(capture, Server);
            Assert.Equal(Segment(sourcePort: 8080, TcpFlags.Ack, Server, Client, hops: 63), packet);
        });

    [KernelTheory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    public void Of_ipv6_the_hosts_one_switch_says_whether_it_is_forwarded(string isRouter, bool forwarded) => OnPair((client, director) =>
    {
        client.Sysctl("net.ipv6.conf.eth0.disable_ipv6", "0");
        director.Sysctl("net.ipv6.conf.eth0.disable_ipv6", "0");
        client.Ip("-6", "address", "add", "fd00::1/64", "dev", "eth0", "nodad");
        director.Ip("-6", "address", "add", "fd00::130/64", "dev", "eth0", "nodad");
        director.Sysctl("net.ipv6.conf.all.forwarding", isRouter);
        using var tun = TunDevice.Create("director0", Own);
        tun.SetForwarding(!forwarded);
        var before = CounterV6("Ip6OutForwDatagrams");
        Assert.True(tun.TryWrite(SegmentV6(IpAddress128.Parse("fd01::80"), IpAddress128.Parse("fd00::1"))));
        Assert.Equal(before + (forwarded ? 1 : 0), CounterV6("Ip6OutForwDatagrams"));
    });

    [KernelFact]
    public void What_is_no_packet_is_refused_and_counted() => OnPair((_, _) =>
    {
        using var tun = TunDevice.Create("director0", Own);
        Assert.False(tun.TryWrite([]));
        Assert.False(tun.TryWrite(new byte[40]));
        Assert.Equal((0, 2), (tun.Written, tun.Refused));
    });

    [KernelFact]
    public void The_device_is_up_with_its_address_and_goes_with_its_owner() => OnPair((_, _) =>
    {
        using var routes = new RouteSocket();
        using (var tun = TunDevice.Create("director0", Own))
        {
            var link = Assert.Single(routes.DumpLinks(), link => link.Name == "director0");
            Assert.Equal(tun.LinkIndex, link.Index);
            Assert.Equal("tun", link.Kind);
            Assert.True(link.IsOperational);
            var address = Assert.Single(routes.DumpAddresses(), address => address.LinkIndex == link.Index && address.Address.IsV4);
            Assert.Equal((Own, 32, AddressEntry.DirectorProtocol), (address.Address, address.PrefixLength, address.Protocol));
            Assert.Equal(0, Sysctl.ReadNumber("net/ipv4/conf/director0/rp_filter"));
        }

        Assert.DoesNotContain(routes.DumpLinks(), link => link.Name == "director0");
    });

    [KernelFact]
    public void A_name_that_is_taken_is_refused_with_the_remedy() => OnPair((_, _) =>
    {
        using var tun = TunDevice.Create("director0", Own);
        var refusal = Assert.Throws<LinuxException>(() => TunDevice.Create("director0", Own));
        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains("ip link delete director0", refusal.Message, StringComparison.Ordinal);
    });

    [KernelFact]
    public void What_the_host_sends_to_the_device_overflows_in_silence() => OnPair((_, director) =>
    {
        using var tun = TunDevice.Create("director0", Own);
        director.Ip("route", "add", "198.51.100.0/24", "dev", "director0");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var nobody = new IPEndPoint(IPAddress.Parse("198.51.100.1"), 9);
        for (var i = 0; i < 2000; i++) socket.SendTo(new byte[100], nobody);
        Assert.True(tun.TryWrite(Segment(sourcePort: 40000, TcpFlags.Ack)));
    });

    [Theory]
    [InlineData("")]
    [InlineData("sixteen-letters!")]
    public void A_name_that_no_device_can_have_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => TunDevice.Create(name, Own));

    private static Socket Capture(NetworkNamespace where)
    {
        var protocol = (ProtocolType)IPAddress.HostToNetworkOrder((short)AllProtocols);
        return NamespaceThread.Run(where, () => new Socket(AddressFamily.Packet, SocketType.Raw, protocol) { ReceiveTimeout = 30_000 });
    }

    /// <summary>A counter of a file in which each group has a line of names and one of values.</summary>
    private static long Counter(string path, string group, string name)
    {
        var lines = File.ReadAllLines(path)
            .Where(line => line.StartsWith(group + ":", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToArray();
        return long.Parse(lines[1][Array.IndexOf(lines[0], name)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static long CounterV6(string name) => long.Parse(
        File.ReadAllLines("/proc/thread-self/net/snmp6").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(words => words[0] == name)[1],
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The next IPv4 packet of that source.</summary>
    private static byte[] NextOf(Socket capture, IpAddress128 source)
    {
        var frame = new byte[2048];
        while (true)
        {
            var length = capture.Receive(frame);
            if (!EthernetHeader.TryRead(frame.AsSpan(0, length), out var ethernet) || ethernet.Type != EtherType.Ipv4) continue;
            if (!Ipv4Header.TryRead(ethernet.Payload, out var ip) || ip.Source != source) continue;
            return ethernet.Payload[..ip.TotalLength].ToArray();
        }
    }

    private static byte[] Segment(ushort sourcePort, TcpFlags flags) => Segment(sourcePort, flags, Client, Vip);

    private static byte[] Segment(ushort sourcePort, TcpFlags flags, IpAddress128 source, IpAddress128 destination, byte hops = 64)
    {
        var packet = new byte[Ipv4Header.MinSize + TcpHeader.MinSize];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = hops;
        packet[9] = (byte)IpProtocol.Tcp;
        source.WriteTo(packet.AsSpan(12));
        destination.WriteTo(packet.AsSpan(16));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum.Compute(packet.AsSpan(0, Ipv4Header.MinSize)));
        var segment = packet.AsSpan(Ipv4Header.MinSize);
        BinaryPrimitives.WriteUInt16BigEndian(segment, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], 80);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], Acknowledged);
        segment[12] = TcpHeader.MinSize / 4 << 4;
        segment[13] = (byte)flags;
        var pseudo = Checksum.PseudoHeaderV4(source.V4, destination.V4, IpProtocol.Tcp, segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Checksum.Finish(Checksum.Add(segment, pseudo)));
        return packet;
    }

    private static byte[] SegmentV6(IpAddress128 source, IpAddress128 vip)
    {
        var packet = new byte[Ipv6Header.Size + TcpHeader.MinSize];
        packet[0] = 0x60;
        packet[5] = TcpHeader.MinSize;
        packet[6] = (byte)IpProtocol.Tcp;
        packet[7] = 64;
        source.WriteTo(packet.AsSpan(8));
        vip.WriteTo(packet.AsSpan(24));
        var segment = packet.AsSpan(Ipv6Header.Size);
        Segment(40000, TcpFlags.Ack).AsSpan(Ipv4Header.MinSize).CopyTo(segment);
        segment[16..18].Clear();
        var pseudo = Checksum.PseudoHeaderV6(source, vip, IpProtocol.Tcp, segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Checksum.Finish(Checksum.Add(segment, pseudo)));
        return packet;
    }

    /// <summary>Runs in the director's namespace: VIP on eth0, the client at the other end.</summary>
    private static void OnPair(Action<NetworkNamespace, NetworkNamespace> test)
    {
        using var set = new NamespaceSet();
        var client = set.Create("client");
        var director = set.Create("director");
        Veth.Connect(client, "eth0", director, "eth0");
        client.AddAddress("eth0", $"{Client}/24");
        director.AddAddress("eth0", "192.168.80.132/24");
        director.AddAddress("eth0", $"{Vip}/32");
        NamespaceThread.Run(director, () => test(client, director));
    }
}
