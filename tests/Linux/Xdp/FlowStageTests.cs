using System.Buffers.Binary;
using System.Globalization;
using Director.Datapath.Offload;
using Director.Linux;
using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Net;
using Director.Tests.Support;

namespace Director.Tests.Linux.Xdp;

[Collection("kernel")]
public sealed class FlowStageTests
{
    private const int Ip = TestFrame.Ip;
    private const int FlagsV4 = TestFrame.Transport + 13, FlagsV6 = Ip + 40 + 13;
    private const byte Ack = 0x10;

    private static readonly MacAddress Own = FlowBench.Own;
    private static readonly MacAddress Peer = SteeredNet.ClientMac;
    private static readonly Endpoint Client = new(IpAddress128.Parse("198.51.100.7"), 51234);
    private static readonly Endpoint Vip = new(IpAddress128.Parse("203.0.113.10"), 80);
    private static readonly Endpoint ClientV6 = new(IpAddress128.Parse("2001:db8:1::7"), 51234);
    private static readonly Endpoint VipV6 = new(IpAddress128.Parse("2001:db8::10"), 80);

    public enum Kind
    {
        Tcp, Udp, TcpV6, UdpV6,
    }

    public enum Bend
    {
        OtherMac, OtherLastMacByte, Tagged, Options, VersionSix, MoreFragments, LaterFragment, TtlOne, TtlZero, WrongChecksum,
        LengthBeyondFrame, LengthWithoutTransport, Icmp, Syn, SynAck, Fin, Reset, WithoutAck, OtherPort, OtherProtocol, CutInTransport,
        VersionFourV6, HopLimitOne, HopLimitZero, PayloadBeyondFrame, PayloadWithoutTransport, HopByHop, FragmentV6, FinV6, ResetV6,
        OtherPortV6,
    }

    [KernelTheory]
    [InlineData(Kind.Tcp)]
    [InlineData(Kind.Udp)]
    [InlineData(Kind.TcpV6)]
    [InlineData(Kind.UdpV6)]
    public void A_packet_of_an_open_flow_leaves_rewritten_and_is_counted_in_its_slot(Kind kind)
    {
        using var bench = new FlowBench();
        var frame = Plain(kind);
        var (key, length) = Read(frame);
        ref var tail = ref bench.Open(key);
        bench.Clock = 4711;

        for (var packets = 1; packets <= 3; packets++)
        {
            var (verdict, after) = bench.Run(frame);
            Assert.Equal(XdpVerdict.Redirect, verdict);
            Assert.Equal(FlowModel.Forwarded(frame, FlowBench.ServerMac, FlowBench.EgressMac), after);
            Assert.Equal((packets, packets * length), (tail.Packets, tail.Bytes));
            Assert.Equal(4711u, tail.LastSeen);
            Assert.Equal((ulong)packets, bench.Counts()[SteeringCounter.Offloaded]);
            Assert.Equal((ulong)packets, bench.Counts().Total);
        }
    }

    [KernelTheory]
    [InlineData(nameof(Bend.OtherMac))]
    [InlineData(nameof(Bend.OtherLastMacByte))]
    [InlineData(nameof(Bend.Tagged))]
    [InlineData(nameof(Bend.Options))]
    [InlineData(nameof(Bend.VersionSix))]
    [InlineData(nameof(Bend.MoreFragments))]
    [InlineData(nameof(Bend.LaterFragment))]
    [InlineData(nameof(Bend.TtlOne))]
    [InlineData(nameof(Bend.TtlZero))]
    [InlineData(nameof(Bend.WrongChecksum))]
    [InlineData(nameof(Bend.LengthBeyondFrame))]
    [InlineData(nameof(Bend.LengthWithoutTransport))]
    [InlineData(nameof(Bend.Icmp))]
    [InlineData(nameof(Bend.Syn))]
    [InlineData(nameof(Bend.SynAck))]
    [InlineData(nameof(Bend.Fin))]
    [InlineData(nameof(Bend.Reset))]
    [InlineData(nameof(Bend.WithoutAck))]
    [InlineData(nameof(Bend.OtherPort))]
    [InlineData(nameof(Bend.OtherProtocol))]
    [InlineData(nameof(Bend.CutInTransport))]
    [InlineData(nameof(Bend.VersionFourV6))]
    [InlineData(nameof(Bend.HopLimitOne))]
    [InlineData(nameof(Bend.HopLimitZero))]
    [InlineData(nameof(Bend.PayloadBeyondFrame))]
    [InlineData(nameof(Bend.PayloadWithoutTransport))]
    [InlineData(nameof(Bend.HopByHop))]
    [InlineData(nameof(Bend.FragmentV6))]
    [InlineData(nameof(Bend.FinV6))]
    [InlineData(nameof(Bend.ResetV6))]
    [InlineData(nameof(Bend.OtherPortV6))]
    public void What_is_unusual_goes_on_as_it_came(string bend)
    {
        using var bench = new FlowBench();
        foreach (var kind in Enum.GetValues<Kind>()) bench.Open(Read(Plain(kind)).Key);
        AssertLeftAlone(bench, Bent(Enum.Parse<Bend>(bend)));
    }

    [KernelTheory]
    [InlineData(Kind.Tcp)]
    [InlineData(Kind.UdpV6)]
    public void A_slot_that_may_not_be_used_is_passed_over(Kind kind)
    {
        using var bench = new FlowBench();
        var frame = Plain(kind);
        var (key, length) = Read(frame);
        ref var tail = ref bench.Open(key);
        Assert.Equal(XdpVerdict.Redirect, bench.Run(frame).Verdict);

        // Closed.
        var open = tail.Open;
        tail.Open = 0;
        AssertLeftAlone(bench, frame);
        tail.Open = open;

        // Its server's gate is shut.
        bench.Gate(tail.Gate)++;
        AssertLeftAlone(bench, frame);
        bench.Gate(tail.Gate)--;

        // It is longer than what may leave that way.
        tail.Longest = (ushort)(length - 1);
        AssertLeftAlone(bench, frame);
        tail.Longest = (ushort)length;
        Assert.Equal(XdpVerdict.Redirect, bench.Run(frame).Verdict);

        // The epoch is over.
        bench.Maps.Epoch.MoveOn();
        AssertLeftAlone(bench, frame);
        tail.Open = bench.Maps.Epoch.Now;
        Assert.Equal(XdpVerdict.Redirect, bench.Run(frame).Verdict);
        Assert.Equal(3, tail.Packets);
    }

    [KernelTheory]
    [InlineData(Kind.Tcp)]
    [InlineData(Kind.TcpV6)]
    public void A_flow_is_found_anywhere_in_its_window_and_nowhere_else(Kind kind)
    {
        using var bench = new FlowBench();
        var frame = Plain(kind);
        var key = Read(frame).Key;
        var other = Read(Plain(kind, port: 1)).Key;
        for (var place = 0; place < FlowLayout.Window; place++)
        {
            // Those before it are open too, but somebody else's.
            for (var before = 0; before < place; before++) bench.Open(other, key, before);
            bench.Open(key, place);
            var (verdict, after) = bench.Run(frame);
            Assert.Equal(XdpVerdict.Redirect, verdict);
            Assert.Equal(FlowModel.Forwarded(frame, FlowBench.ServerMac, FlowBench.EgressMac), after);
            Assert.Equal(1, bench.Tail(key, place).Packets);
            bench.Tail(key, place) = default;
        }

        bench.Open(key, FlowLayout.Window);
        AssertLeftAlone(bench, frame);
    }

    [KernelFact]
    public void A_device_that_is_not_there_gets_nothing_and_the_host_neither()
    {
        using var bench = new FlowBench();
        var frame = Plain(Kind.Tcp);
        bench.Open(Read(frame).Key).Egress = FlowBench.NoEgress;
        Assert.Equal(XdpVerdict.Drop, bench.Run(frame).Verdict);
    }

    [KernelFact]
    public void The_checksum_of_every_ttl_and_every_rest_is_as_rfc_1624_has_it()
    {
        using var bench = new FlowBench();
        var frame = Plain(Kind.Tcp);
        bench.Open(Read(frame).Key);
        for (var rest = 0; rest <= ushort.MaxValue; rest += 13)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 4), (ushort)rest);
            frame[Ip + 8] = (byte)Math.Max(2, rest % 256);
            TestFrame.Resum(frame);
            Check();
        }

        // Both ways of writing zero, before and after.
        for (var ttl = 2; ttl <= byte.MaxValue; ttl++)
        {
            foreach (var checksum in (ushort[])[0, 0xffff, 0xfeff, 0xfffe, 0x0001, 0xff00])
            {
                frame[Ip + 8] = (byte)ttl;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 10), checksum);
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 4), 0);
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Ip + 4), Checksum.Compute(frame.AsSpan(Ip, 20)));
                Assert.Equal(0, Checksum.Compute(frame.AsSpan(Ip, 20)));
                Check();
            }
        }

        void Check()
        {
            var (verdict, after) = bench.Run(frame);
            Assert.Equal(XdpVerdict.Redirect, verdict);
            Assert.Equal(FlowModel.Forwarded(frame, FlowBench.ServerMac, FlowBench.EgressMac), after);
            Assert.Equal(0, Checksum.Compute(after.AsSpan(Ip, 20)));
        }
    }

    [KernelTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_flows_are_hit_and_bent_truncated_and_random_frames_judged_as_the_model_says(int seed)
    {
        var random = new Random(seed);
        using var bench = new FlowBench();
        var flows = new Dictionary<FlowKey, (long Packets, long Bytes)>();
        var frames = new List<byte[]>();
        for (var i = 0; i < 300; i++)
        {
            var frame = Plain((Kind)random.Next(4), (ushort)random.Next(1, 65536), random.Next(0, 40));
            var key = Read(frame).Key;
            frames.Add(frame);
            if (random.Next(8) == 0 || flows.ContainsKey(key) || bench.Tail(key).Open != 0) continue;
            bench.Open(key);
            flows.Add(key, default);
        }

        var (hits, misses) = (0, 0);
        for (var round = 0; round < 30_000; round++)
        {
            var frame = frames[random.Next(frames.Count)].ToArray();
            for (var i = random.Next(3); i > 0; i--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0 && frame[Ip] == 0x45) TestFrame.Resum(frame);
            if (random.Next(6) == 0) frame = [.. frame, .. new byte[random.Next(20)]];
            if (random.Next(6) == 0) frame = frame[..random.Next(TestFrame.Ethernet, frame.Length + 1)];

            var isHit = FlowModel.TryRead(frame, Own, out var key, out var length) && flows.ContainsKey(key);
            var (verdict, after) = bench.Run(frame);
            var expected = isHit ? FlowModel.Forwarded(frame, FlowBench.ServerMac, FlowBench.EgressMac) : frame;
            if (verdict != (isHit ? XdpVerdict.Redirect : XdpVerdict.Pass) || !after.AsSpan().SequenceEqual(expected))
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"""
                    seed {seed} round {round}: {verdict}, but hit is {isHit}: {Convert.ToHexString(frame)} left as {
                    Convert.ToHexString(after)}
                    """));
            }

            if (isHit)
            {
                hits++;
                flows[key] = (flows[key].Packets + 1, flows[key].Bytes + length);
            }
            else
            {
                misses++;
            }
        }

        Assert.All(flows, flow => Assert.Equal(flow.Value, (bench.Tail(flow.Key).Packets, bench.Tail(flow.Key).Bytes)));
        Assert.Equal((ulong)hits, bench.Counts()[SteeringCounter.Offloaded]);
        Assert.Equal((ulong)(hits + misses), bench.Counts().Total);
        Assert.True(hits > 3000 && misses > 3000, string.Create(CultureInfo.InvariantCulture, $"{hits} hits, {misses} misses"));
    }

    [KernelFact]
    public void A_frame_cut_anywhere_never_fails_the_program()
    {
        using var bench = new FlowBench();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            var frame = Plain(kind);
            bench.Open(Read(frame).Key);
            for (var length = TestFrame.Ethernet; length < frame.Length; length++) AssertLeftAlone(bench, frame[..length]);
            Assert.Equal(XdpVerdict.Redirect, bench.Run(frame).Verdict);
        }
    }

    [KernelFact]
    public void The_epoch_is_never_that_of_closed_slots()
    {
        using var maps = FlowMaps.Create(FlowLimits.MinFlows, FlowBench.Seed);
        Assert.Equal(1u, maps.Epoch.Now);
        unsafe
        {
            *(uint*)maps.Memory.Epoch = uint.MaxValue;
        }

        maps.Epoch.MoveOn();
        Assert.Equal(1u, maps.Epoch.Now);

        // Another process moves it by its copy of the descriptor.
        using var copy = FileDescriptor.DuplicateOf(maps.Epoch.Handle);
        using var other = FlowEpoch.FromHandle(copy.Value);
        copy.SetHandleAsInvalid();
        other.MoveOn();
        Assert.Equal(2u, maps.Epoch.Now);
    }

    private static void AssertLeftAlone(FlowBench bench, byte[] frame)
    {
        var before = bench.Counts()[SteeringCounter.Offloaded];
        var (verdict, after) = bench.Run(frame);
        Assert.Equal(XdpVerdict.Pass, verdict);
        Assert.Equal(frame, after);
        Assert.Equal(before, bench.Counts()[SteeringCounter.Offloaded]);
    }

    private static (FlowKey Key, int Length) Read(byte[] frame)
    {
        Assert.True(FlowModel.TryRead(frame, Own, out var key, out var length));
        return (key, length);
    }

    private static byte[] Plain(Kind kind, ushort port = 51234, int payload = 0)
    {
        var isTcp = kind is Kind.Tcp or Kind.TcpV6;
        var protocol = isTcp ? IpProtocol.Tcp : IpProtocol.Udp;
        var isV4 = kind is Kind.Tcp or Kind.Udp;
        var bytes = (isTcp ? 20 : 8) + payload;
        var frame = isV4
            ? TestFrame.Ipv4(Own, Peer, Client.Address, Vip.Address, protocol, bytes)
            : TestFrame.Ipv6(Own, Peer, ClientV6.Address, VipV6.Address, protocol, bytes);
        var transport = frame.AsSpan(isV4 ? TestFrame.Transport : Ip + 40);
        BinaryPrimitives.WriteUInt16BigEndian(transport, port);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], Vip.Port);
        if (isTcp) (transport[12], transport[13]) = (5 << 4, Ack);
        return frame;
    }

    private static byte[] Bent(Bend bend)
    {
        var frame = Plain(bend >= Bend.VersionFourV6 ? Kind.TcpV6 : Kind.Tcp, payload: 10);
        switch (bend)
        {
            case Bend.OtherMac: Peer.WriteTo(frame); return frame;
            case Bend.OtherLastMacByte: frame[5] ^= 1; return frame;
            case Bend.Tagged: return [.. frame[..12], 0x81, 0, 0, 20, .. frame[12..]];
            case Bend.Options:
                frame = TestFrame.Ipv4(Own, Peer, Client.Address, Vip.Address, IpProtocol.Tcp, 30, options: 4);
                Plain(Kind.Tcp, payload: 10).AsSpan(TestFrame.Transport).CopyTo(frame.AsSpan(TestFrame.Transport + 4));
                return frame;
            case Bend.VersionSix: frame[Ip] = 0x65; break;
            case Bend.MoreFragments: frame[Ip + 6] = 0x20; break;
            case Bend.LaterFragment: frame[Ip + 7] = 1; break;
            case Bend.TtlOne: frame[Ip + 8] = 1; break;
            case Bend.TtlZero: frame[Ip + 8] = 0; break;
            case Bend.WrongChecksum: frame[Ip + 10] ^= 1; return frame;
            case Bend.LengthBeyondFrame: frame[Ip + 3]++; break;
            case Bend.LengthWithoutTransport: frame[Ip + 3] = 39; break;
            case Bend.Icmp: frame[Ip + 9] = (byte)IpProtocol.Icmp; break;
            case Bend.Syn: frame[FlagsV4] = 2; break;
            case Bend.SynAck: frame[FlagsV4] = 0x12; break;
            case Bend.Fin: frame[FlagsV4] = 0x11; break;
            case Bend.Reset: frame[FlagsV4] = 0x14; break;
            case Bend.WithoutAck: frame[FlagsV4] = 8; break;
            case Bend.OtherPort: frame[TestFrame.Transport]++; break;
            case Bend.OtherProtocol:
                frame = Plain(Kind.Udp, port: 7);
                break;
            case Bend.CutInTransport: return frame[..(TestFrame.Transport + 19)];
            case Bend.VersionFourV6: frame[Ip] = 0x40; return frame;
            case Bend.HopLimitOne: frame[Ip + 7] = 1; return frame;
            case Bend.HopLimitZero: frame[Ip + 7] = 0; return frame;
            case Bend.PayloadBeyondFrame: frame[Ip + 5]++; return frame;
            case Bend.PayloadWithoutTransport: frame[Ip + 5] = 19; return frame;
            case Bend.HopByHop: frame[Ip + 6] = 0; return frame;
            case Bend.FragmentV6: frame[Ip + 6] = 44; return frame;
            case Bend.FinV6: frame[FlagsV6] = 0x11; return frame;
            case Bend.ResetV6: frame[FlagsV6] = 4; return frame;
            case Bend.OtherPortV6: frame[Ip + 43]++; return frame;
            default: throw new ArgumentOutOfRangeException(nameof(bend), bend, null);
        }

        TestFrame.Resum(frame);
        return frame;
    }
}
