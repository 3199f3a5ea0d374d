using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Net;

namespace Director.Tests.Linux.Netlink;

/// <summary>Bytes on a little-endian machine, as the kernel of the test's own architecture has them.</summary>
public sealed class NetlinkMessageTests
{
    private static readonly IpAddress128 Vip = IpAddress128.Parse("192.168.80.130");

    [Fact]
    public void A_dump_of_links_asks_for_no_counters() => AssertBytes(
        "28000000 1200 0103 07000000 00000000  00 00 0000 00000000 00000000 00000000  0800 1d00 08000000",
        LinkMessage.WriteDump(Junk(), 7));

    [Fact]
    public void A_link_is_set_up_by_flag_and_mask() => AssertBytes(
        "20000000 1000 0500 07000000 00000000  00 00 0000 02000000 01000000 01000000",
        LinkMessage.WriteSetUp(Junk(), 7, 2));

    [Fact]
    public void An_address_is_added_with_broadcast_label_and_mark() => AssertBytes(
        "44000000 1400 0506 07000000 00000000  02 18 00 00 02000000" +
        "0800 0200 c0a85082  0800 0100 c0a85082  0800 0400 c0a850ff  0b00 0300 657468303a3100 00  0500 0b00 70 000000",
        AddressMessage.WriteAdd(Junk(), 7, NetlinkAbi.NLM_F_EXCL, new(2, Vip, 24)
        {
            Broadcast = IpAddress128.Parse("192.168.80.255"), Label = "eth0:1", Protocol = AddressEntry.DirectorProtocol,
        }));

    [Fact]
    public void An_IPv6_address_is_added_deprecated_and_at_once() => AssertBytes(
        "5c000000 1400 0505 07000000 00000000  0a 80 00 00 02000000" +
        "1400 0200 20010db8000000000000000000000130  1400 0100 20010db8000000000000000000000130" +
        "0800 0800 02000000  1400 0600 00000000 ffffffff 00000000 00000000",
        AddressMessage.WriteAdd(Junk(), 7, NetlinkAbi.NLM_F_REPLACE, new(2, IpAddress128.Parse("2001:db8::130"), 128)
        {
            Flags = AddressFlags.NoDuplicateDetection, PreferredSeconds = 0,
        }));

    [Fact]
    public void An_address_is_removed_by_address_and_prefix_length() => AssertBytes(
        "28000000 1500 0500 07000000 00000000  02 18 00 00 02000000  0800 0200 c0a85082  0800 0100 c0a85082",
        AddressMessage.WriteRemove(Junk(), 7, new(2, Vip, 24) { Label = "ignored", Protocol = 9 }));

    [Fact]
    public void A_neighbour_is_probed_and_kept_fresh() => AssertBytes(
        "2c000000 1c00 0505 07000000 00000000  02 00 0000 02000000 0000 01 00  0800 0100 c0a85082  0800 0f00 01000000",
        NeighbourMessage.WriteProbe(Junk(), 7, 2, Vip, keepFresh: true));

    [Fact]
    public void A_route_is_asked_for_by_destination() => AssertBytes(
        "24000000 1a00 0500 07000000 00000000  02 20 00 00 00 00 00 00 00100000  0800 0100 c0a85082",
        RouteMessage.WriteGet(Junk(), 7, Vip));

    [Fact]
    public void A_link_is_read() => AssertLink(true, LinkBytes);

    [Theory]
    // What Linux 6.1 says of `ip link add link v0 name v0.20 type vlan id 20`, and of one of 802.1ad; then of a parent that is elsewhere.
    [InlineData("0600 0500 8100 0000  0600 0100 1400 0000  0c00 0200 01000000 ffffffff", "", 20, 0x8100)]
    [InlineData("0600 0500 88a8 0000  0600 0100 1e00 0000  0c00 0200 01000000 ffffffff", "", 30, 0x88a8)]
    [InlineData("0600 0500 8100 0000  0600 0100 1400 0000  0c00 0200 01000000 ffffffff", "0800 2500 00000000", 0, 0)]
    public void A_vlan_is_read(string data, string parent, int id, int type)
    {
        var bytes = Bytes("00 00 0100 04000000 43100100 00000000  0a00 0300 76302e323000 0000  0800 0500 03000000" + parent +
            "3000 1200 0900 0100 766c616e00 000000  2000 0200" + data);
        Assert.True(LinkMessage.TryParse(bytes, out var link));
        VlanEntry? vlan = id == 0 ? null : new((ushort)id, (ushort)type);
        Assert.Equal(("v0.20", "vlan", 3, vlan), (link.Name, link.Kind, link.ParentIndex, link.Vlan));
        for (var length = 0; length < bytes.Length; length++) ReadAll(bytes.AsSpan(0, length));
    }

    [Fact]
    public void An_address_is_read()
    {
        Assert.True(AddressMessage.TryParse(AddressBytes, out var address));
        Assert.Equal(new AddressEntry(2, Vip, 24)
        {
            Label = "eth0:1", Broadcast = IpAddress128.Parse("192.168.80.255"), Scope = 253, Protocol = 112,
            Flags = AddressFlags.Permanent | AddressFlags.NoPrefixRoute,
        }, address);
    }

    [Fact]
    public void An_address_with_a_peer_is_read_as_the_local_end()
    {
        Assert.True(AddressMessage.TryParse(Bytes("02 20 80 00 05000000  0800 0100 0a000002  0800 0200 0a000001"), out var address));
        Assert.Equal((IpAddress128.Parse("10.0.0.1"), IpAddress128.Parse("10.0.0.2")), (address.Address, address.Peer!.Value));
    }

    [Fact]
    public void A_neighbour_is_read()
    {
        Assert.True(NeighbourMessage.TryParse(NeighbourBytes, out var neighbour));
        Assert.True(MacAddress.TryParse("02:00:00:00:80:02", out var mac));
        Assert.Equal(new NeighbourEntry(2, Vip, mac, NeighbourState.Reachable), neighbour);
        Assert.True(neighbour.IsUsable);
    }

    [Fact]
    public void A_route_by_a_gateway_of_the_other_family_is_read()
    {
        var bytes = Bytes("02 20 00 00 fe 04 00 01 00000000  0800 0400 03000000  1600 1200 0a00 20010db8000000000000000000000001 0000" +
            "0c00 0880 0800 0200 78050000  0800 0f00 e8030000");
        Assert.True(RouteMessage.TryParse(bytes, Vip, out var route));
        var gateway = IpAddress128.Parse("2001:db8::1");
        Assert.Equal(new RouteEntry(Vip, 3, RouteKind.Unicast) { Gateway = gateway, Mtu = 1400, Table = 1000 }, route);
    }

    [Theory]
    [InlineData("00000000 14000000 1400 0500 07000000 00000000", 0, 0, null)]
    // A refusal that echoes the whole request, then one that echoes its header only; both with a sentence.
    [InlineData("ffffffff 14000000 1400 0500 07000000 00000000 aabbccdd  0700 0100 4e6f2100", NetlinkAbi.NLM_F_ACK_TLVS, 1, "No!")]
    [InlineData("efffffff 14000000 1400 0500 07000000 00000000  0700 0100 4e6f2100", NetlinkAbi.NLM_F_ACK_TLVS | NetlinkAbi.NLM_F_CAPPED,
        17, "No!")]
    // An echo that claims more than there is.
    [InlineData("efffffff ffffffff 1400 0500 07000000 00000000", NetlinkAbi.NLM_F_ACK_TLVS, 17, null)]
    public void An_answer_is_read(string hex, int flags, int errno, string? text)
    {
        Assert.True(NetlinkError.TryParse(Bytes(hex), (ushort)flags, out var error));
        Assert.Equal(new NetlinkError(errno, text), error);
    }

    [Fact]
    public void Several_messages_of_a_datagram_are_read_one_by_one()
    {
        ReadOnlySpan<byte> datagram = Bytes("11000000 1400 0200 07000000 00000000 aa 000000  10000000 0300 0200 07000000 00000000");
        Assert.True(NetlinkMessage.TryRead(ref datagram, out var first));
        Assert.Equal((20, 2, 7u, 1), (first.Type, first.Flags, first.Sequence, first.Payload.Length));
        Assert.True(NetlinkMessage.TryRead(ref datagram, out var second));
        Assert.Equal(NetlinkAbi.NLMSG_DONE, second.Type);
        Assert.False(NetlinkMessage.TryRead(ref datagram, out _));
    }

    [Theory]
    [InlineData("0f000000 1400 0200 07000000 00000000")]
    [InlineData("00000000 1400 0200 07000000 00000000")]
    [InlineData("15000000 1400 0200 07000000 00000000 aabbccdd")]
    [InlineData("ffffffff 1400 0200 07000000 00000000 aabbccdd")]
    public void A_message_with_a_wrong_length_is_none(string hex)
    {
        ReadOnlySpan<byte> datagram = Bytes(hex);
        Assert.False(NetlinkMessage.TryRead(ref datagram, out _));
        Assert.Equal(Bytes(hex).Length, datagram.Length);
    }

    [Fact]
    public void What_is_cut_short_at_any_byte_is_read_in_part_or_not_at_all()
    {
        for (var length = 0; length < LinkBytes.Length; length++) ReadAll(LinkBytes.AsSpan(0, length));
        for (var length = 0; length < AddressBytes.Length; length++) ReadAll(AddressBytes.AsSpan(0, length));
        for (var length = 0; length < NeighbourBytes.Length; length++) ReadAll(NeighbourBytes.AsSpan(0, length));
        Assert.False(AddressMessage.TryParse(AddressBytes.AsSpan(0, 8 + 7), out _));
        Assert.False(NeighbourMessage.TryParse(NeighbourBytes.AsSpan(0, 12 + 7), out _));
        AssertLink(false, LinkBytes.AsSpan(0, 16 + 8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rubbish_is_survived(int seed)
    {
        var random = new Random(seed);
        byte[][] templates = [LinkBytes, AddressBytes, NeighbourBytes];
        for (var round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. templates[random.Next(templates.Length)]];
            for (var change = random.Next(1, 6); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ReadAll(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, round {round}: {Convert.ToHexString(bytes)}: {error}");
            }
        }
    }

    private static byte[] LinkBytes { get; } = Bytes(
        "00 00 0100 02000000 43100100 00000000" +
        "0900 0300 6574683000 000000  0800 0400 78050000  0a00 0100 020000008001 0000  0800 0500 09000000  0800 0a00 04000000" +
        "1000 1280 0900 0100 7665746800 000000  1400 2b80 0500 0200 01 000000 0800 0400 0c000000");

    private static byte[] AddressBytes { get; } = Bytes(
        "02 18 80 fd 02000000" +
        "0800 0100 c0a85082  0800 0200 c0a85082  0800 0400 c0a850ff" +
        "0b00 0300 657468303a3100 00  0800 0800 80020000  0500 0b00 70 000000");

    private static byte[] NeighbourBytes { get; } = Bytes(
        "02 00 0000 02000000 0200 00 01  0800 0100 c0a85082  0a00 0200 020000008002 0000");

    private static void AssertLink(bool whole, ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(whole, LinkMessage.TryParse(bytes, out var link));
        if (!whole) return;
        Assert.True(MacAddress.TryParse("02:00:00:00:80:01", out var mac));
        const LinkFlags flags = LinkFlags.Up | LinkFlags.Broadcast | LinkFlags.Running | LinkFlags.Multicast | (LinkFlags)0x10000;
        Assert.Equal(new LinkEntry(2, "eth0", mac, 1400, flags)
        {
            Kind = "veth", ParentIndex = 9, MasterIndex = 4, Xdp = new(12, XdpAttachMode.Native),
        }, link);
    }

    private static void ReadAll(ReadOnlySpan<byte> payload)
    {
        _ = LinkMessage.TryParse(payload, out _);
        _ = AddressMessage.TryParse(payload, out _);
        _ = NeighbourMessage.TryParse(payload, out _);
        _ = RouteMessage.TryParse(payload, Vip, out _);
        _ = NetlinkError.TryParse(payload, NetlinkAbi.NLM_F_ACK_TLVS, out _);
        _ = NetlinkError.TryParse(payload, NetlinkAbi.NLM_F_ACK_TLVS | NetlinkAbi.NLM_F_CAPPED, out _);
        _ = NetlinkError.OfDone(payload);
        while (NetlinkMessage.TryRead(ref payload, out _))
        {
        }
    }

    private static byte[] Junk()
    {
        var buffer = new byte[NetlinkLimits.RequestSize];
        buffer.AsSpan().Fill(0xee);
        return buffer;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static void AssertBytes(string hex, ReadOnlySpan<byte> actual) =>
        Assert.Equal(Convert.ToHexString(Bytes(hex)), Convert.ToHexString(actual));
}
