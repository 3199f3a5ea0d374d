using System.Buffers.Binary;
using Director.Linux.Bpf;
using Director.Net;
using Director.Net.Wire;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <summary>
/// The XDP program of one device. It sends to the AF_XDP socket of the frame's queue what user space balances: untagged IPv4 to the
/// device's own MAC, TCP or UDP, to an armed VIP, and to a service of it (or a fragment). While nobody serves the queue such frames are
/// dropped, not passed: the host would answer with a reset. All else it leaves to the host, untouched; of what is malformed the host
/// is the judge. It decides nothing that needs a memory of packets.
/// </summary>
internal static class SteeringProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "director_steer";

    private const int Ethernet = EthernetHeader.Size;
    private const int Ports = 4;

    // Offsets in an untagged frame: IEEE 802.3 §3.1.1, RFC 791 §3.1.
    private const int DestinationMac = 0;
    private const int EtherTypeField = 12;
    private const int VersionAndHeaderLength = 14;
    private const int TotalLength = 16;
    private const int FlagsAndOffset = 20;
    private const int Protocol = 23;
    private const int Destination = 30;
    private const int DestinationPort = 2;

    // "More fragments" and the offset; "don't fragment" is none of it.
    private const ushort FragmentMask = 0x3fff;

    // struct xdp_md.
    private const int ContextData = 0;
    private const int ContextDataEnd = 4;
    private const int ContextRxQueue = 16;

    // The stack: SteeringKey, then the index of the counter.
    private const int KeyUpper = -24;
    private const int KeyMappedPrefix = -16;
    private const int KeyV4 = -12;
    private const int KeyPort = -8;
    private const int KeyProtocol = -6;
    private const int KeyZero = -5;
    private const int CounterIndex = -28;

    /// <summary>Assembles the program for a device of address <paramref name="mac"/> around maps given by their descriptors.</summary>
    public static ulong[] Assemble(MacAddress mac, int vips, int services, int sockets, int counters)
    {
        var code = new Assembler();
        var balanced = code.NewLabel();
        var fragment = code.NewLabel();
        var service = code.NewLabel();
        var steer = code.NewLabel();
        var notOurMac = code.NewLabel();
        var notBalanced = code.NewLabel();
        var malformed = code.NewLabel();
        var notArmed = code.NewLabel();
        var noService = code.NewLabel();
        var pass = code.NewLabel();
        var count = code.NewLabel();
        var done = code.NewLabel();

        // R6 the context, R7 the frame, R8 its end.
        code.Move(R6, R1);
        code.Load(32, R7, R1, ContextData);
        code.Load(32, R8, R1, ContextDataEnd);
        code.Move(R2, R7);
        code.Add(R2, Ethernet + Ipv4Header.MinSize);
        code.JumpIf(R2, Above, R8, notBalanced);

        Span<byte> address = stackalloc byte[MacAddress.Size];
        mac.WriteTo(address);
        code.Load(32, R2, R7, DestinationMac);
        code.JumpIf32(R2, NotEqual, BinaryPrimitives.ReadInt32LittleEndian(address), notOurMac);
        code.Load(16, R2, R7, DestinationMac + 4);
        code.JumpIf(R2, NotEqual, BinaryPrimitives.ReadUInt16LittleEndian(address[4..]), notOurMac);

        code.Load(16, R2, R7, EtherTypeField);
        code.JumpIf(R2, NotEqual, Network((ushort)EtherType.Ipv4), notBalanced);
        code.Load(8, R9, R7, VersionAndHeaderLength);
        code.Move(R2, R9);
        code.And(R2, 0xf0);
        code.JumpIf(R2, NotEqual, 0x40, malformed);
        code.And(R9, 0x0f);
        code.ShiftLeft(R9, 2);
        code.JumpIf(R9, Below, Ipv4Header.MinSize, malformed);
        code.Load(8, R3, R7, Protocol);
        code.JumpIf(R3, Equal, (int)IpProtocol.Tcp, balanced);
        code.JumpIf(R3, NotEqual, (int)IpProtocol.Udp, notBalanced);

        code.Mark(balanced);
        code.Store(64, Frame, KeyUpper, 0);
        code.Store(32, Frame, KeyMappedPrefix, unchecked((int)0xffff_0000));
        code.Load(32, R2, R7, Destination);
        code.Store(32, Frame, KeyV4, R2);
        code.Store(8, Frame, KeyProtocol, R3);
        code.Store(8, Frame, KeyZero, 0);
        Lookup(code, vips, KeyUpper);
        code.JumpIf(R0, Equal, 0, notArmed);

        code.Load(16, R2, R7, FlagsAndOffset);
        code.JumpIf(R2, AnyBitOf, Network(FragmentMask), fragment);

        // The ports must lie inside the packet by its own account and inside the frame.
        code.Load(16, R2, R7, TotalLength);
        code.SwapNetworkOrder(R2, 16);
        code.Move(R3, R9);
        code.Add(R3, Ports);
        code.JumpIf(R2, Below, R3, malformed);
        code.Move(R2, R7);
        code.Add(R2, R9);
        code.Move(R3, R2);
        code.Add(R3, Ethernet + Ports);
        code.JumpIf(R3, Above, R8, malformed);
        code.Load(16, R2, R2, Ethernet + DestinationPort);
        code.Store(16, Frame, KeyPort, R2);
        Lookup(code, services, KeyUpper);
        code.JumpIf(R0, NotEqual, 0, service);
        code.Store(16, Frame, KeyPort, 0);
        Lookup(code, services, KeyUpper);
        code.JumpIf(R0, Equal, 0, noService);

        // From here R9 is the counter and, after steering, R6 the verdict.
        code.Mark(service);
        code.Move(R9, (int)SteeringCounter.Redirected);
        code.Jump(steer);
        code.Mark(fragment);
        code.Move(R9, (int)SteeringCounter.RedirectedFragment);
        code.Mark(steer);
        code.LoadMap(R1, sockets);
        code.Load(32, R2, R6, ContextRxQueue);
        code.Move(R3, (int)XdpVerdict.Drop);
        code.Call(BpfHelper.RedirectMap);
        code.Move(R6, R0);
        code.JumpIf(R6, Equal, (int)XdpVerdict.Redirect, count);
        code.Move(R9, (int)SteeringCounter.Unserved);
        code.Jump(count);

        Leave(notOurMac, SteeringCounter.NotOurMac);
        Leave(notBalanced, SteeringCounter.NotBalanced);
        Leave(malformed, SteeringCounter.Malformed);
        Leave(notArmed, SteeringCounter.NotArmed);
        Leave(noService, SteeringCounter.NoService);

        code.Mark(pass);
        code.Move(R6, (int)XdpVerdict.Pass);
        code.Mark(count);
        code.Store(32, Frame, CounterIndex, R9);
        Lookup(code, counters, CounterIndex);
        code.JumpIf(R0, Equal, 0, done);
        code.Load(64, R1, R0, 0);
        code.Add(R1, 1);
        code.Store(64, R0, 0, R1);
        code.Mark(done);
        code.Move(R0, R6);
        code.Exit();
        return code.Assemble();

        void Leave(BpfLabel label, SteeringCounter counter)
        {
            code.Mark(label);
            code.Move(R9, (int)counter);
            code.Jump(pass);
        }
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
