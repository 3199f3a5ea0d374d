using System.Buffers.Binary;
using Director.Linux.Bpf;
using Director.Net;
using Director.Net.Wire;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <summary>
/// Which frames user space balances: IPv4 and IPv6, untagged or of a VLAN that is served, to the device's own MAC, to an armed VIP, and of
/// that TCP or UDP to a service, pieces whose port cannot be told here, and ICMP errors, which may belong to a connection. Then what
/// masqueraded servers answer, which goes to clients. All else is the host's, untouched; of what is malformed the host is the judge. The
/// rule decides nothing that needs a memory of packets. It stands at the head of every program that steers, whatever the program then does.
/// </summary>
internal static partial class SteeringRule
{
    private const int Ip = EthernetHeader.Size;
    private const int Ports = 4;
    private const int SourcePort = 0, DestinationPort = 2;

    // Offsets in an untagged frame: IEEE 802.3 §3.1.1.
    private const int DestinationMac = 0;
    private const int EtherTypeField = 12;
    private const int VersionAndHeaderLength = Ip;

    // RFC 791 §3.1.
    private const int TotalLength = Ip + 2;
    private const int FlagsAndOffset = Ip + 6;
    private const int Protocol = Ip + 9;
    private const int Source = Ip + 12;
    private const int Destination = Ip + 16;

    // RFC 8200 §3.
    private const int PayloadLength = Ip + 4;
    private const int NextHeader = Ip + 6;
    private const int SourceUpper = Ip + 8;
    private const int SourceLower = Ip + 16;
    private const int DestinationUpper = Ip + 24;
    private const int DestinationLower = Ip + 32;

    // The ICMP errors that IPVS looks into (RFC 792), and the first type of ICMPv6 that is none (RFC 4443 §2.1).
    private const int Unreachable = 3, SourceQuench = 4, TimeExceeded = 11, FirstInformational = 128;
    private const int IcmpHeader = 8;

    // "More fragments" and the offset; "don't fragment" is none of it.
    private const ushort FragmentMask = 0x3fff;

    // The stack: the SteeringKey of the destination, the index of the counter, the SteeringKey of a server; frame readers have what is
    // below.
    private const int Key = -24;
    private const int CounterIndex = -28;
    private const int ServerKey = -56;
    private const int InUpper = 0;
    private const int InLower = 8;
    private const int InMappedPrefix = 8;
    private const int InV4 = 12;
    private const int InPort = 16;
    private const int InProtocol = 18;
    private const int InKind = 19;

    // ::ffff:0:0/96 (RFC 4291 §2.5.5.2), its last four bytes.
    private const int MappedPrefix = unchecked((int)0xffff_0000);

    /// <summary>Extension headers of IPv6 (RFC 8200 §4): behind them only user space finds the ports.</summary>
    private static ReadOnlySpan<byte> Extensions => [0, 43, 44, 51, 60];

    /// <summary>
    /// Emits the rule. The program goes on at <paramref name="steer"/> or <paramref name="leave"/>, with the context in R6 and the <see
    /// cref="SteeringCounter"/> of the frame in R9.
    /// </summary>
    /// <param name="code">Where to; the context is in R1.</param>
    /// <param name="reader">How the program sees its frame.</param>
    /// <param name="mac">The device's own address.</param>
    /// <param name="vips">Descriptor of the map of armed VIPs.</param>
    /// <param name="places">Descriptor of the map of services, masqueraded servers and own addresses.</param>
    /// <param name="steer">Where frames for user space go.</param>
    /// <param name="leave">Where the host's go.</param>
    public static void Emit(
        Assembler code, IFrameReader reader, MacAddress mac, int vips, int places, BpfLabel steer, BpfLabel leave)
    {
        var ipv6 = code.NewLabel();
        var ports = code.NewLabel();
        var fragment = code.NewLabel();
        var icmp = code.NewLabel();
        var service = code.NewLabel();
        var otherV4 = code.NewLabel();
        var otherV6 = code.NewLabel();
        var notOurMac = code.NewLabel();
        var notBalanced = code.NewLabel();
        var malformed = code.NewLabel();
        var notArmed = code.NewLabel();
        var noService = code.NewLabel();

        // R6 the context, R7 the frame, R8 the reader's, R9 the bytes of the IP header.
        code.Move(R6, R1);
        reader.Begin(code, EthernetHeader.Size, notBalanced);

        Span<byte> address = stackalloc byte[MacAddress.Size];
        mac.WriteTo(address);
        code.Load(16, R2, R7, DestinationMac);
        code.JumpIf(R2, NotEqual, BinaryPrimitives.ReadUInt16LittleEndian(address), notOurMac);
        code.Load(32, R2, R7, DestinationMac + 2);
        code.JumpIf32(R2, NotEqual, BinaryPrimitives.ReadInt32LittleEndian(address[2..]), notOurMac);

        reader.SkipTag(code, notBalanced);
        code.Load(16, R2, R7, EtherTypeField);
        code.JumpIf(R2, Equal, Network((ushort)EtherType.Ipv6), ipv6);
        code.JumpIf(R2, NotEqual, Network((ushort)EtherType.Ipv4), notBalanced);
        ReadIpv4();
        code.Mark(ipv6);
        ReadIpv6();

        // The ports must lie inside the frame.
        code.Mark(ports);
        reader.PointTo(code, R9, Ip, Ports, malformed);
        code.Load(16, R3, R2, DestinationPort);
        code.Store(16, Frame, Key + InPort, R3);
        Lookup(code, places, Key);
        code.JumpIf(R0, NotEqual, 0, service);
        code.Store(16, Frame, Key + InPort, 0);
        Lookup(code, places, Key);
        code.JumpIf(R0, Equal, 0, noService);

        code.Mark(service);
        Go(steer, SteeringCounter.Redirected);
        code.Mark(fragment);
        Go(steer, SteeringCounter.RedirectedFragment);
        code.Mark(icmp);
        Go(steer, SteeringCounter.RedirectedIcmp);
        EmitReplies(code, reader, places, otherV4, otherV6, notArmed, malformed);
        Go(steer, SteeringCounter.RedirectedReply);
        code.Mark(notOurMac);
        Go(leave, SteeringCounter.NotOurMac);
        code.Mark(notBalanced);
        Go(leave, SteeringCounter.NotBalanced);
        code.Mark(malformed);
        Go(leave, SteeringCounter.Malformed);
        code.Mark(notArmed);
        Go(leave, SteeringCounter.NotArmed);
        code.Mark(noService);
        Go(leave, SteeringCounter.NoService);

        // Goes on at ports, with R9 set, or at one of the other labels.
        void ReadIpv4()
        {
            var transport = code.NewLabel();
            reader.Require(code, Ip + Ipv4Header.MinSize, notBalanced);
            code.Load(8, R9, R7, VersionAndHeaderLength);
            code.Move(R2, R9);
            code.And(R2, 0xf0);
            code.JumpIf(R2, NotEqual, 0x40, malformed);
            code.And(R9, 0x0f);
            code.ShiftLeft(R9, 2);
            code.JumpIf(R9, Below, Ipv4Header.MinSize, malformed);
            code.Load(8, R3, R7, Protocol);
            code.Store(8, Frame, Key + InProtocol, R3);
            code.JumpIf(R3, Equal, (int)IpProtocol.Tcp, transport);
            code.JumpIf(R3, Equal, (int)IpProtocol.Udp, transport);
            code.JumpIf(R3, NotEqual, (int)IpProtocol.Icmp, notBalanced);

            // Of the pieces of an ICMP packet the host makes a whole.
            code.Load(16, R2, R7, FlagsAndOffset);
            code.JumpIf(R2, AnyBitOf, Network(FragmentMask), notBalanced);
            LoadIcmpType();
            code.JumpIf(R2, Equal, Unreachable, transport);
            code.JumpIf(R2, Equal, SourceQuench, transport);
            code.JumpIf(R2, NotEqual, TimeExceeded, notBalanced);

            code.Mark(transport);
            code.Store(64, Frame, Key + InUpper, 0);
            code.Store(32, Frame, Key + InMappedPrefix, MappedPrefix);
            code.Load(32, R2, R7, Destination);
            code.Store(32, Frame, Key + InV4, R2);
            FindVip(otherV4);
            code.JumpIf(R3, Equal, (int)IpProtocol.Icmp, icmp);
            code.Load(16, R2, R7, FlagsAndOffset);
            code.JumpIf(R2, AnyBitOf, Network(FragmentMask), fragment);

            CheckLengthV4(code, malformed);
            code.Jump(ports);
        }

        void ReadIpv6()
        {
            var transport = code.NewLabel();
            reader.Require(code, Ip + Ipv6Header.Size, malformed);
            code.Move(R9, Ipv6Header.Size);
            code.Load(8, R2, R7, VersionAndHeaderLength);
            code.And(R2, 0xf0);
            code.JumpIf(R2, NotEqual, 0x60, malformed);
            code.Load(8, R3, R7, NextHeader);
            code.Store(8, Frame, Key + InProtocol, R3);
            code.JumpIf(R3, Equal, (int)IpProtocol.Tcp, transport);
            code.JumpIf(R3, Equal, (int)IpProtocol.Udp, transport);
            foreach (var extension in Extensions) code.JumpIf(R3, Equal, extension, transport);
            code.JumpIf(R3, NotEqual, (int)IpProtocol.IcmpV6, notBalanced);
            LoadIcmpType();
            code.JumpIf(R2, AboveOrEqual, FirstInformational, notBalanced);

            code.Mark(transport);
            code.Load(64, R2, R7, DestinationUpper);
            code.Store(64, Frame, Key + InUpper, R2);
            code.Load(64, R2, R7, DestinationLower);
            code.Store(64, Frame, Key + InLower, R2);
            FindVip(otherV6);
            code.JumpIf(R3, Equal, (int)IpProtocol.IcmpV6, icmp);
            foreach (var extension in Extensions) code.JumpIf(R3, Equal, extension, fragment);
            CheckLengthV6(code, malformed);
        }

        void LoadIcmpType()
        {
            reader.PointTo(code, R9, Ip, IcmpHeader, malformed);
            code.Load(8, R2, R2, 0);
        }

        // Leaves the protocol in R3.
        void FindVip(BpfLabel otherwise)
        {
            code.Store(8, Frame, Key + InKind, (int)SteeringKind.Service);
            Lookup(code, vips, Key);
            code.JumpIf(R0, Equal, 0, otherwise);
            code.Load(8, R3, Frame, Key + InProtocol);
        }

        void Go(BpfLabel where, SteeringCounter counter)
        {
            code.Move(R9, (int)counter);
            code.Jump(where);
        }
    }

    /// <summary>Emits the end of a program: counts the frame by the counter in R9, and leaves with the verdict in R6.</summary>
    public static void EmitCountAndExit(Assembler code, int counters)
    {
        code.Store(32, Frame, CounterIndex, R9);
        EmitCount(code, counters);
        code.Move(R0, R6);
        code.Exit();
    }

    /// <summary>Emits the counting of a frame; R0 to R5 are lost.</summary>
    public static void EmitCount(Assembler code, int counters, SteeringCounter counter)
    {
        code.Store(32, Frame, CounterIndex, (int)counter);
        EmitCount(code, counters);
    }

    private static void EmitCount(Assembler code, int counters)
    {
        var done = code.NewLabel();
        Lookup(code, counters, CounterIndex);
        code.JumpIf(R0, Equal, 0, done);
        code.Load(64, R1, R0, 0);
        code.Add(R1, 1);
        code.Store(64, R0, 0, R1);
        code.Mark(done);
    }

    // The ports must lie inside the packet by its own account.
    private static void CheckLengthV4(Assembler code, BpfLabel malformed)
    {
        code.Load(16, R2, R7, TotalLength);
        code.SwapNetworkOrder(R2, 16);
        code.Move(R3, R9);
        code.Add(R3, Ports);
        code.JumpIf(R2, Below, R3, malformed);
    }

    private static void CheckLengthV6(Assembler code, BpfLabel malformed)
    {
        code.Load(16, R2, R7, PayloadLength);
        code.SwapNetworkOrder(R2, 16);
        code.JumpIf(R2, Below, Ports, malformed);
    }

    private static void Lookup(Assembler code, int map, int key)
    {
        code.LoadMap(R1, map);
        code.Move(R2, Frame);
        code.Add(R2, key);
        code.Call(BpfHelper.MapLookup);
    }

    // How a 16-bit field of the packet reads when loaded in host order; the assembler is for little-endian machines.
    private static int Network(ushort value) => BinaryPrimitives.ReverseEndianness(value);
}
