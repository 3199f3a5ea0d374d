using System.Buffers.Binary;
using System.Globalization;
using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Support;
using static Director.Linux.Bpf.XdpVerdict;
using static Director.Linux.Xdp.SteeringCounter;

namespace Director.Tests.Linux.Xdp;

[Collection("kernel")]
public sealed partial class SteeringProgramTests
{
    private static readonly MacAddress Own = ProgramBench.Own;
    private static readonly MacAddress Peer = SteeredNet.ClientMac;
    private static readonly Endpoint Client = new(IpAddress128.Parse("198.51.100.7"), 51234);
    private static readonly IpAddress128 Armed = IpAddress128.Parse("203.0.113.10");
    private static readonly IpAddress128 AllPorts = IpAddress128.Parse("203.0.113.11");
    private static readonly IpAddress128 Disarmed = IpAddress128.Parse("203.0.113.12");
    private static readonly IpAddress128 ArmedV6 = IpAddress128.Parse("2001:db8::10");
    private static readonly IpAddress128 ClientV6 = IpAddress128.Parse("2001:db8:1::7");

    internal enum Bend
    {
        None, OptionsFull, DontFragment, FirstFragment, LaterFragment, FragmentOfUdp, FragmentOfIcmp, ForeignMac,
        Broadcast, LastMacByte, Vlan, Arp, Ipv6,
        Echo, Unreachable, SourceQuench, TimeExceeded, RedirectMessage, IcmpCut, IcmpDisarmed,
        TcpV6, OtherPortV6, AllPortsV6, DisarmedV6, HopByHopV6, FragmentV6, EspV6, UnreachableV6, TooBigV6, EchoV6, NeighbourV6,
        IcmpCutV6, CutV6, WithoutPortsV6, PayloadWithoutPortsV6, VersionFour, VersionSix, HeaderLengthFour,
        HeaderBeyondFrame, TotalWithoutPorts, FrameWithoutPorts, OtherPort,
        Disarmed, UdpPort, AllPortsTcp, AllPortsUdp,
        Unknown, HeaderCut, Minimal,
        Tagged, TaggedV6, TaggedWithPriority, PriorityAlone, TaggedWithOptions, OtherVlan, TwoTags, ServiceTag, TagCut, TaggedForeignMac,
        TaggedOtherPort,
        Reply, ReplyOptions, ReplyOfEveryPort, ReplyOfOtherPort, ReplyOfOtherProtocol, ReplyToOwn, ReplyTotalWithoutPorts, ReplyCut,
        ReplyFirstFragment, ReplyLaterFragment, ReplyFragmentToOwn, FragmentOfStranger,
        ErrorAboutServer, ErrorAboutServerToOwn, ErrorAboutStranger, ErrorFromServer, ErrorCut, RequestToServer,
        ReplyV6, ReplyOfEveryPortV6, ReplyOfOtherPortV6, ReplyToOwnV6, ReplyBehindExtensionV6, ExtensionOfStrangerV6,
        ReplyPayloadWithoutPortsV6, ErrorAboutServerV6, ErrorAboutStrangerV6, ErrorCutV6,
    }

    [KernelTheory]
    [InlineData(nameof(Bend.None), Redirect, Redirected)]
    [InlineData(nameof(Bend.OptionsFull), Redirect, Redirected)]
    [InlineData(nameof(Bend.DontFragment), Redirect, Redirected)]
    [InlineData(nameof(Bend.AllPortsTcp), Redirect, Redirected)]
    [InlineData(nameof(Bend.FirstFragment), Redirect, RedirectedFragment)]
    [InlineData(nameof(Bend.LaterFragment), Redirect, RedirectedFragment)]
    [InlineData(nameof(Bend.FragmentOfUdp), Redirect, RedirectedFragment)]
    [InlineData(nameof(Bend.FragmentOfIcmp), Pass, NotBalanced)]
    [InlineData(nameof(Bend.ForeignMac), Pass, NotOurMac)]
    [InlineData(nameof(Bend.LastMacByte), Pass, NotOurMac)]
    [InlineData(nameof(Bend.Broadcast), Pass, NotOurMac)]
    [InlineData(nameof(Bend.Vlan), Pass, NotBalanced)]
    [InlineData(nameof(Bend.Tagged), Redirect, Redirected)]
    [InlineData(nameof(Bend.TaggedV6), Redirect, Redirected)]
    [InlineData(nameof(Bend.TaggedWithPriority), Redirect, Redirected)]
    [InlineData(nameof(Bend.PriorityAlone), Redirect, Redirected)]
    [InlineData(nameof(Bend.TaggedWithOptions), Redirect, Redirected)]
    [InlineData(nameof(Bend.OtherVlan), Pass, NotBalanced)]
    [InlineData(nameof(Bend.TwoTags), Pass, NotBalanced)]
    [InlineData(nameof(Bend.ServiceTag), Pass, NotBalanced)]
    [InlineData(nameof(Bend.TagCut), Pass, NotBalanced)]
    [InlineData(nameof(Bend.TaggedForeignMac), Pass, NotOurMac)]
    [InlineData(nameof(Bend.TaggedOtherPort), Pass, NoService)]
    [InlineData(nameof(Bend.Arp), Pass, NotBalanced)]
    [InlineData(nameof(Bend.Ipv6), Pass, Malformed)]
    [InlineData(nameof(Bend.Echo), Pass, NotBalanced)]
    [InlineData(nameof(Bend.RedirectMessage), Pass, NotBalanced)]
    [InlineData(nameof(Bend.Unreachable), Redirect, RedirectedIcmp)]
    [InlineData(nameof(Bend.SourceQuench), Redirect, RedirectedIcmp)]
    [InlineData(nameof(Bend.TimeExceeded), Redirect, RedirectedIcmp)]
    [InlineData(nameof(Bend.IcmpCut), Pass, Malformed)]
    [InlineData(nameof(Bend.IcmpDisarmed), Pass, NotArmed)]
    [InlineData(nameof(Bend.TcpV6), Redirect, Redirected)]
    [InlineData(nameof(Bend.AllPortsV6), Redirect, Redirected)]
    [InlineData(nameof(Bend.OtherPortV6), Pass, NoService)]
    [InlineData(nameof(Bend.DisarmedV6), Pass, NotArmed)]
    [InlineData(nameof(Bend.HopByHopV6), Redirect, RedirectedFragment)]
    [InlineData(nameof(Bend.FragmentV6), Redirect, RedirectedFragment)]
    [InlineData(nameof(Bend.EspV6), Pass, NotBalanced)]
    [InlineData(nameof(Bend.UnreachableV6), Redirect, RedirectedIcmp)]
    [InlineData(nameof(Bend.TooBigV6), Redirect, RedirectedIcmp)]
    [InlineData(nameof(Bend.EchoV6), Pass, NotBalanced)]
    [InlineData(nameof(Bend.NeighbourV6), Pass, NotBalanced)]
    [InlineData(nameof(Bend.IcmpCutV6), Pass, Malformed)]
    [InlineData(nameof(Bend.CutV6), Pass, Malformed)]
    [InlineData(nameof(Bend.WithoutPortsV6), Pass, Malformed)]
    [InlineData(nameof(Bend.PayloadWithoutPortsV6), Pass, Malformed)]
    [InlineData(nameof(Bend.VersionFour), Pass, Malformed)]
    [InlineData(nameof(Bend.HeaderCut), Pass, NotBalanced)]
    [InlineData(nameof(Bend.Minimal), Pass, NotBalanced)]
    [InlineData(nameof(Bend.VersionSix), Pass, Malformed)]
    [InlineData(nameof(Bend.HeaderLengthFour), Pass, Malformed)]
    [InlineData(nameof(Bend.HeaderBeyondFrame), Pass, Malformed)]
    [InlineData(nameof(Bend.TotalWithoutPorts), Pass, Malformed)]
    [InlineData(nameof(Bend.FrameWithoutPorts), Pass, Malformed)]
    [InlineData(nameof(Bend.OtherPort), Pass, NoService)]
    [InlineData(nameof(Bend.UdpPort), Pass, NoService)]
    [InlineData(nameof(Bend.AllPortsUdp), Pass, NoService)]
    [InlineData(nameof(Bend.Disarmed), Pass, NotArmed)]
    [InlineData(nameof(Bend.Unknown), Pass, NotArmed)]
    [InlineData(nameof(Bend.Reply), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ReplyOptions), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ReplyOfEveryPort), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ReplyOfOtherPort), Pass, NotArmed)]
    [InlineData(nameof(Bend.ReplyOfOtherProtocol), Pass, NotArmed)]
    [InlineData(nameof(Bend.ReplyToOwn), Pass, NotArmed)]
    [InlineData(nameof(Bend.ReplyTotalWithoutPorts), Pass, Malformed)]
    [InlineData(nameof(Bend.ReplyCut), Pass, Malformed)]
    [InlineData(nameof(Bend.ReplyFirstFragment), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ReplyLaterFragment), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ReplyFragmentToOwn), Pass, NotArmed)]
    [InlineData(nameof(Bend.FragmentOfStranger), Pass, NotArmed)]
    [InlineData(nameof(Bend.ErrorAboutServer), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ErrorAboutServerToOwn), Pass, NotArmed)]
    [InlineData(nameof(Bend.ErrorAboutStranger), Pass, NotArmed)]
    [InlineData(nameof(Bend.ErrorFromServer), Pass, NotArmed)]
    [InlineData(nameof(Bend.ErrorCut), Pass, Malformed)]
    [InlineData(nameof(Bend.RequestToServer), Pass, NotArmed)]
    [InlineData(nameof(Bend.ReplyV6), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ReplyOfEveryPortV6), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ReplyOfOtherPortV6), Pass, NotArmed)]
    [InlineData(nameof(Bend.ReplyToOwnV6), Pass, NotArmed)]
    [InlineData(nameof(Bend.ReplyBehindExtensionV6), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ExtensionOfStrangerV6), Pass, NotArmed)]
    [InlineData(nameof(Bend.ReplyPayloadWithoutPortsV6), Pass, Malformed)]
    [InlineData(nameof(Bend.ErrorAboutServerV6), Redirect, RedirectedReply)]
    [InlineData(nameof(Bend.ErrorAboutStrangerV6), Pass, NotArmed)]
    [InlineData(nameof(Bend.ErrorCutV6), Pass, Malformed)]
    internal void Each_frame_goes_where_it_belongs_and_is_counted_once(string bend, XdpVerdict verdict, SteeringCounter counter)
    {
        using var bench = NewBench();
        bench.IsServed = true;
        Assert.Equal((verdict, counter), bench.Judge(Make(Enum.Parse<Bend>(bend))));
    }

    [KernelFact]
    public void While_nobody_serves_what_would_be_redirected_is_dropped_and_all_else_passes_as_before()
    {
        using var bench = NewBench();
        foreach (var bend in Enum.GetValues<Bend>())
        {
            bench.IsServed = true;
            var served = bench.Judge(Make(bend));
            bench.IsServed = false;
            Assert.Equal(served.Verdict == Redirect ? (Drop, Unserved) : served, bench.Judge(Make(bend)));
        }
    }

    [KernelFact]
    public void Disarming_a_vip_gives_its_frames_to_the_host_at_once_and_arming_takes_them_back()
    {
        using var bench = NewBench();
        bench.IsServed = true;
        Assert.True(bench.Vips.Disarm(Armed));
        Assert.False(bench.Vips.Disarm(Armed));
        Assert.Equal((Pass, NotArmed), bench.Judge(Make(Bend.None)));
        Assert.Equal((Pass, NotArmed), bench.Judge(Make(Bend.LaterFragment)));
        bench.Vips.Arm(Armed);
        bench.Vips.Arm(Armed);
        Assert.Equal((Redirect, Redirected), bench.Judge(Make(Bend.None)));
    }

    [KernelTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bent_truncated_and_random_frames_are_judged_as_the_rule_says(int seed)
    {
        var random = new Random(seed);
        using var bench = NewBench();
        bench.IsServed = true;
        var expectedCounts = new ulong[Enum.GetValues<SteeringCounter>().Length];
        var bends = Enum.GetValues<Bend>();
        for (var round = 0; round < 30_000; round++)
        {
            var frame = Make(bends[random.Next(bends.Length)]);
            if (random.Next(4) == 0) frame = Tag(frame, ProgramBench.Vlan);
            for (var i = random.Next(4); i > 0; i--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
            if (random.Next(8) == 0) random.NextBytes(frame.AsSpan(random.Next(frame.Length)));
            if (random.Next(4) == 0) frame = frame[..random.Next(TestFrame.Ethernet, frame.Length + 1)];
            var expected = Expect(frame);
            expectedCounts[(int)expected]++;
            var verdict = bench.Run(frame);
            if (verdict != (IsSteered(expected) ? Redirect : Pass))
                Assert.Fail(string.Create(CultureInfo.InvariantCulture,
                    $"seed {seed} round {round}: {verdict} but {expected}: {Convert.ToHexString(frame)}"));
        }

        Assert.Equal(expectedCounts, bench.Counts());
        Assert.All(Enum.GetValues<SteeringCounter>().Where(counter => counter is not (Unserved or Offloaded)),
            counter => Assert.NotEqual(0ul, expectedCounts[(int)counter]));
    }

    [KernelFact]
    public void A_frame_cut_anywhere_never_fails_the_program()
    {
        using var bench = NewBench();
        bench.IsServed = true;
        foreach (var bend in Enum.GetValues<Bend>())
        {
            var frame = Make(bend);
            for (var length = TestFrame.Ethernet; length <= frame.Length; length++)
            {
                var expected = Expect(frame.AsSpan(0, length));
                Assert.Equal(IsSteered(expected) ? Redirect : Pass, bench.Run(frame.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public unsafe void Keys_lie_in_memory_as_the_program_builds_them()
    {
        Assert.Equal(SteeringKey.Size, sizeof(SteeringKey));
        Assert.Equal(VipKey.Size, sizeof(VipKey));
        var key = new SteeringKey(new(IpProtocol.Tcp, new(Armed, 8080)));
        Assert.Equal("00000000000000000000FFFFCB00710A1F900600", Convert.ToHexString(new ReadOnlySpan<byte>(&key, sizeof(SteeringKey))));
        Assert.Equal(Armed, new VipKey(Armed).Address);
        key = SteeringKey.OfServer(IpProtocol.Udp, new(Armed, 53));
        Assert.Equal("00000000000000000000FFFFCB00710A00351101", Convert.ToHexString(new ReadOnlySpan<byte>(&key, sizeof(SteeringKey))));
    }

    private static bool IsSteered(SteeringCounter counter) =>
        counter is Redirected or RedirectedFragment or RedirectedIcmp or RedirectedReply;

    // The rule, told in another way than the program tells it: by the views of the wire that the forwarder uses too.
    private static SteeringCounter Expect(ReadOnlySpan<byte> frame)
    {
        if (!EthernetHeader.TryRead(frame, out var ethernet)) return NotBalanced;
        if (ethernet.Destination != Own) return NotOurMac;
        if (ethernet.Type == EtherType.Vlan)
        {
            if (frame.Length < VlanTag.TaggedHeaderSize || VlanTag.IdOf(frame) is not (0 or ProgramBench.Vlan)) return NotBalanced;
            frame = (byte[])[.. frame[..12], .. frame[16..]];
            EthernetHeader.TryRead(frame, out ethernet);
        }

        var ip = frame[TestFrame.Ip..];
        if (ethernet.Type == EtherType.Ipv6) return ExpectV6(ip);
        if (ethernet.Type != EtherType.Ipv4 || ip.Length < Ipv4Header.MinSize) return NotBalanced;
        var header = (ip[0] & 0xf) * 4;
        if (ip[0] >> 4 != 4 || header < Ipv4Header.MinSize) return Malformed;
        var protocol = (IpProtocol)ip[9];
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp)) return NotBalanced;
        var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x3fff) != 0;
        if (protocol == IpProtocol.Icmp)
        {
            if (isFragment) return NotBalanced;
            if (ip.Length < header + 8) return Malformed;
            if (ip[header] is not (3 or 4 or 11)) return NotBalanced;
        }

        var vip = IpAddress128.ReadV4(ip[16..]);
        if (vip != Armed && vip != AllPorts) return ExpectReply(ip, header, protocol, isFragment);
        if (protocol == IpProtocol.Icmp) return RedirectedIcmp;
        if (isFragment) return RedirectedFragment;
        if (BinaryPrimitives.ReadUInt16BigEndian(ip[2..]) < header + 4 || ip.Length < header + 4) return Malformed;
        var port = BinaryPrimitives.ReadUInt16BigEndian(ip[(header + 2)..]);
        var served = protocol == IpProtocol.Tcp && (vip == AllPorts || port == 80);
        return served ? Redirected : NoService;
    }

    private static SteeringCounter ExpectV6(ReadOnlySpan<byte> ip)
    {
        if (ip.Length < Ipv6Header.Size || ip[0] >> 4 != 6) return Malformed;
        var next = ip[6];
        var isExtension = next is 0 or 43 or 44 or 51 or 60;
        if (!isExtension && (IpProtocol)next is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.IcmpV6)) return NotBalanced;
        if ((IpProtocol)next == IpProtocol.IcmpV6)
        {
            if (ip.Length < Ipv6Header.Size + 8) return Malformed;
            if (ip[Ipv6Header.Size] >= 128) return NotBalanced;
        }

        var vip = IpAddress128.ReadV6(ip[24..]);
        if (vip != ArmedV6 && vip != Armed && vip != AllPorts) return ExpectReplyV6(ip, (IpProtocol)next, isExtension);
        if ((IpProtocol)next == IpProtocol.IcmpV6) return RedirectedIcmp;
        if (isExtension) return RedirectedFragment;
        if (BinaryPrimitives.ReadUInt16BigEndian(ip[4..]) < 4 || ip.Length < Ipv6Header.Size + 4) return Malformed;
        var port = BinaryPrimitives.ReadUInt16BigEndian(ip[(Ipv6Header.Size + 2)..]);
        var isTcp = (IpProtocol)next == IpProtocol.Tcp;
        var served = vip == ArmedV6 ? !isTcp || port == 80 : isTcp && (vip == AllPorts || port == 80);
        return served ? Redirected : NoService;
    }

    internal static ProgramBench NewBench()
    {
        var bench = new ProgramBench();
        bench.Vips.Arm(Armed);
        bench.Vips.Arm(AllPorts);
        bench.Vips.Arm(ArmedV6);
        bench.AddService(new(IpProtocol.Tcp, new(Armed, 80)));
        bench.AddService(new(IpProtocol.Tcp, new(ArmedV6, 80)));
        bench.AddService(new(IpProtocol.Udp, new(ArmedV6, 0)));
        bench.AddService(new(IpProtocol.Tcp, new(AllPorts, 0)));
        bench.AddService(new(IpProtocol.Tcp, new(Disarmed, 80)));
        foreach (var (protocol, server) in Masqueraded) bench.AddServer(protocol, server);
        foreach (var address in OwnAddresses) bench.AddOwn(address);
        return bench;
    }

    internal static byte[] Make(Bend bend)
    {
        if (bend >= Bend.Reply) return MakeReply(bend);
        var vip = bend switch
        {
            Bend.AllPortsTcp or Bend.AllPortsUdp => AllPorts,
            Bend.Disarmed => Disarmed,
            Bend.Unknown => Client.Address,
            _ => Armed,
        };
        var port = bend is Bend.OtherPort or Bend.AllPortsTcp or Bend.AllPortsUdp ? 8081 : 80;
        var to = new Endpoint(vip, (ushort)port);
        switch (bend)
        {
            case Bend.OptionsFull:
                var full = TestFrame.Ipv4(Own, Peer, Client.Address, vip, IpProtocol.Tcp, TcpHeader.MinSize, options: 40);
                BinaryPrimitives.WriteUInt16BigEndian(full.AsSpan(TestFrame.Ip + 60 + 2), 80);
                return full;
            case Bend.UdpPort or Bend.AllPortsUdp:
                return TestFrame.Udp(Own, Peer, Client, to);
            case Bend.FragmentOfUdp:
                var piece = TestFrame.Udp(Own, Peer, Client, to);
                piece[TestFrame.Ip + 6] = 0x20;
                return piece;
            case >= Bend.Echo and <= Bend.IcmpDisarmed or Bend.FragmentOfIcmp:
                return MakeIcmp(bend, bend == Bend.IcmpDisarmed ? Disarmed : vip);
            case >= Bend.TcpV6 and <= Bend.VersionFour:
                return MakeV6(bend);
            case >= Bend.Tagged:
                return MakeTagged(bend);
            case Bend.Minimal:
                return TestFrame.Tcp(Own, Peer, Client, to)[..TestFrame.Ethernet];
            case Bend.HeaderCut:
                return TestFrame.Tcp(Own, Peer, Client, to)[..(TestFrame.Transport - 1)];
            case Bend.FrameWithoutPorts:
                return TestFrame.Tcp(Own, Peer, Client, to)[..(TestFrame.Transport + 3)];
            default:
                var frame = TestFrame.Tcp(Own, Peer, Client, to);
                BendInPlace(frame, bend);
                return frame;
        }
    }

    /// <summary>The frame with an 802.1Q tag.</summary>
    private static byte[] Tag(byte[] frame, int tag) => [.. frame[..12], 0x81, 0x00, (byte)(tag >> 8), (byte)tag, .. frame[12..]];

    private static byte[] MakeTagged(Bend bend)
    {
        var frame = Tag(Make(bend switch
        {
            Bend.TaggedV6 => Bend.TcpV6,
            Bend.TaggedWithOptions => Bend.OptionsFull,
            Bend.TaggedForeignMac => Bend.ForeignMac,
            Bend.TaggedOtherPort => Bend.OtherPort,
            _ => Bend.None,
        }), bend switch
        {
            Bend.TaggedWithPriority => 7 << 13 | ProgramBench.Vlan,
            Bend.PriorityAlone => 7 << 13,
            Bend.OtherVlan => ProgramBench.Vlan + 1,
            _ => ProgramBench.Vlan,
        });
        if (bend == Bend.ServiceTag) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x88a8);
        return bend switch
        {
            Bend.TwoTags => Tag(frame, ProgramBench.Vlan),
            Bend.TagCut => frame[..(VlanTag.TaggedHeaderSize - 1)],
            _ => frame,
        };
    }

    private static byte[] MakeIcmp(Bend bend, IpAddress128 vip)
    {
        var frame = TestFrame.Ipv4(Own, Peer, Client.Address, vip, IpProtocol.Icmp, 40);
        if (bend == Bend.FragmentOfIcmp) frame[TestFrame.Ip + 6] = 0x20;
        frame[TestFrame.Transport] = bend switch
        {
            Bend.Echo => 8,
            Bend.SourceQuench => 4,
            Bend.TimeExceeded => 11,
            Bend.RedirectMessage => 5,
            _ => 3,
        };
        return bend == Bend.IcmpCut ? frame[..(TestFrame.Transport + 7)] : frame;
    }

    private static byte[] MakeV6(Bend bend)
    {
        var next = bend switch
        {
            Bend.AllPortsV6 => 17,
            Bend.HopByHopV6 => 0,
            Bend.FragmentV6 => 44,
            Bend.EspV6 => 50,
            Bend.UnreachableV6 or Bend.TooBigV6 or Bend.EchoV6 or Bend.NeighbourV6 or Bend.IcmpCutV6 => 58,
            _ => 6,
        };
        var vip = bend == Bend.DisarmedV6 ? ClientV6 : ArmedV6;
        var frame = TestFrame.Ipv6(Own, Peer, ClientV6, vip, (IpProtocol)next, 40);
        var payload = frame.AsSpan(TestFrame.Ip + Ipv6Header.Size);
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], (ushort)(bend is Bend.OtherPortV6 or Bend.AllPortsV6 ? 8081 : 80));
        if (next == 58) payload[0] = bend switch { Bend.TooBigV6 => 2, Bend.EchoV6 => 128, Bend.NeighbourV6 => 135, _ => 1 };
        if (bend == Bend.PayloadWithoutPortsV6) frame[TestFrame.Ip + 5] = 3;
        if (bend == Bend.VersionFour) frame[TestFrame.Ip] = 0x40;
        return bend switch
        {
            Bend.IcmpCutV6 => frame[..(TestFrame.Ip + Ipv6Header.Size + 7)],
            Bend.CutV6 => frame[..(TestFrame.Ip + Ipv6Header.Size - 1)],
            Bend.WithoutPortsV6 => frame[..(TestFrame.Ip + Ipv6Header.Size + 3)],
            _ => frame,
        };
    }

    private static void BendInPlace(Span<byte> frame, Bend bend)
    {
        var ip = frame[TestFrame.Ip..];
        switch (bend)
        {
            case Bend.DontFragment: ip[6] = 0x40; break;
            case Bend.FirstFragment: ip[6] = 0x20; break;
            case Bend.LaterFragment: ip[7] = 1; break;
            case Bend.ForeignMac: Peer.WriteTo(frame); break;
            case Bend.LastMacByte: frame[5] ^= 1; break;
            case Bend.Broadcast: MacAddress.Broadcast.WriteTo(frame); break;
            case Bend.Vlan: BinaryPrimitives.WriteUInt16BigEndian(frame[12..], (ushort)EtherType.Vlan); break;
            case Bend.Arp: BinaryPrimitives.WriteUInt16BigEndian(frame[12..], (ushort)EtherType.Arp); break;
            case Bend.Ipv6: BinaryPrimitives.WriteUInt16BigEndian(frame[12..], (ushort)EtherType.Ipv6); break;
            case Bend.VersionSix: ip[0] = 0x65; break;
            case Bend.HeaderLengthFour: ip[0] = 0x44; break;
            case Bend.HeaderBeyondFrame: ip[0] = 0x4f; break;
            case Bend.TotalWithoutPorts: BinaryPrimitives.WriteUInt16BigEndian(ip[2..], 23); break;
            default: break;
        }
    }
}
