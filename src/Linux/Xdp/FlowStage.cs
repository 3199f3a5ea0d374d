using System.Buffers.Binary;
using System.Numerics;
using Director.Datapath.Offload;
using Director.Linux.Bpf;
using Director.Net;
using Director.Net.Wire;
using static Director.Datapath.Offload.FlowLayout;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <summary>
/// What an XDP program does with packets of offloaded flows before it asks anything else: it finds the slot (<see cref="FlowLayout"/>),
/// takes one off the TTL, writes the MACs, counts, and sends. A frame that is in any way unusual, begins or ends a connection, or has no
/// open slot goes on behind the stage as it came. Straight on from top to bottom is a hit in the first slot of an IPv4 TCP packet.
/// </summary>
internal sealed class FlowStage
{
    private const int Ip = EthernetHeader.Size;
    private const int DestinationMac = 0;
    private const int EtherTypeField = 12;
    private const int ContextData = 0, ContextDataEnd = 4;

    // RFC 791 §3.1; words of 32 bits as the checksum adds them.
    private const int VersionWord = Ip, TotalLength = Ip + 2, FragmentWord = Ip + 4, TtlWord = Ip + 8, ProtocolV4 = Ip + 9;
    private const int SourceV4 = Ip + 12, DestinationV4 = Ip + 16, TransportV4 = Ip + Ipv4Header.MinSize;

    // RFC 8200 §3.
    private const int PayloadLength = Ip + 4, NextHeader = Ip + 6, HopLimit = Ip + 7, SourceV6 = Ip + 8, TransportV6 = Ip + Ipv6Header.Size;

    // The EtherType with the version and the header length behind it, as they are read in 32 bits; the type of service stands above them
    // in IPv4, and what follows the version in IPv6.
    private const int PlainV4 = 0x0045_0008, PlainV4Mask = 0x00ff_ffff;
    private const int PlainV6 = 0x0060_dd86, PlainV6Mask = 0x00f0_ffff;

    // "More fragments" and the offset, in the upper half of the word.
    private const int Fragment = unchecked((int)0xff3f_0000);

    // RFC 9293 §3.1.
    private const int TcpFlags = 13, Interesting = 0x17, Acknowledges = 0x10;

    // A sum of 32-bit words is divisible by 65535 if the product with the inverse is the quotient, which then is at most this: five words
    // of at most 65537 times 65535 each. Of what is not divisible it is far greater.
    private const ulong InverseOf65535 = 0xfffe_fffe_fffe_ffff;
    private const int GreatestQuotient = 5 * 65537;

    private readonly Assembler _code;
    private readonly FlowMaps _flows;
    private readonly int _counters;
    private readonly BpfLabel _miss;
    private readonly List<Action> _aside = [];

    private FlowStage(Assembler code, FlowMaps flows, int counters) =>
        (_code, _flows, _counters, _miss) = (code, flows, counters, code.NewLabel());

    /// <summary>Emits the stage. The program goes on behind it with the context in R1, as at its start.</summary>
    /// <param name="code">Where to; the context is in R1.</param>
    /// <param name="mac">The device's own address.</param>
    /// <param name="flows">The flows.</param>
    /// <param name="counters">Descriptor of the map of <see cref="SteeringCounter"/>.</param>
    public static void Emit(Assembler code, MacAddress mac, FlowMaps flows, int counters) =>
        new FlowStage(code, flows, counters).Emit(mac);

    // R6 the context, R7 the frame, R8 its end and then the slot, R9 the bytes of the IP packet.
    private void Emit(MacAddress mac)
    {
        var notV4 = _code.NewLabel();
        _code.Move(R6, R1);
        _code.Load(32, R7, R1, ContextData);
        _code.Load(32, R8, R1, ContextDataEnd);
        Require(TransportV4 + UdpHeader.Size);

        Span<byte> address = stackalloc byte[MacAddress.Size];
        mac.WriteTo(address);
        _code.Load(32, R2, R7, DestinationMac);
        _code.JumpIf32(R2, NotEqual, BinaryPrimitives.ReadInt32LittleEndian(address), _miss);
        _code.Load(16, R2, R7, DestinationMac + 4);
        _code.JumpIf(R2, NotEqual, BinaryPrimitives.ReadUInt16LittleEndian(address[4..]), _miss);

        _code.Load(32, R3, R7, EtherTypeField);
        _code.Move(R2, R3);
        _code.And(R2, PlainV4Mask);
        _code.JumpIf(R2, NotEqual, PlainV4, notV4);
        EmitV4();

        _code.Mark(notV4);
        _code.And(R3, PlainV6Mask);
        _code.JumpIf(R3, NotEqual, PlainV6, _miss);
        EmitV6();

        foreach (var emit in _aside) emit();
        _code.Mark(_miss);
        _code.Move(R1, R6);
    }

    private void EmitV4()
    {
        // R0 the checksum's sum and then the hash, R2 the epoch, R3 the word with the TTL, R4 and R5 the key, R1 the gates.
        var alive = _code.NewLabel();
        _code.Load(32, R2, R7, FragmentWord);
        _code.JumpIf32(R2, AnyBitOf, Fragment, _miss);
        _code.Load(32, R3, R7, TtlWord);
        _code.JumpIf(R3, AnyBitOf, 0xfe, alive);
        _code.Jump(_miss);
        _code.Mark(alive);
        _code.Load(32, R0, R7, VersionWord);
        _code.Add(R0, R2);
        _code.Add(R0, R3);
        _code.Load(32, R2, R7, SourceV4);
        _code.Add(R0, R2);
        _code.Load(32, R2, R7, DestinationV4);
        _code.Add(R0, R2);
        _code.LoadConstant(R2, InverseOf65535);
        _code.Multiply(R0, R2);
        _code.JumpIf(R0, Above, GreatestQuotient, _miss);

        LoadLength(TotalLength);
        RequirePacket(Ip);
        _code.Load(8, R5, R7, ProtocolV4);
        RequireTransport(TransportV4, Ipv4Header.MinSize);

        _code.ShiftLeft(R5, 32);
        _code.Load(32, R2, R7, TransportV4);
        _code.Add(R5, R2);
        _code.Load(64, R4, R7, SourceV4);
        _code.LoadConstant(R0, _flows.Hash.Seed);
        _code.LoadConstant(R1, FlowHash.Multiplier);
        Take(R4);
        Fold();
        Take(R5);
        PointTo(_flows.SlotsV4, _flows.Memory.CapacityV4, SlotSizeV4);
        EmitProbes(SlotSizeV4, TailAtV4, CompareV4);

        // The TTL less one, and the checksum for it (RFC 1624): as words in network order, read from memory, 1 less and 1 more.
        var folded = _code.NewLabel();
        _code.Add(R3, 0xffff);
        _code.Move(R0, R3);
        _code.ShiftRight(R0, 16);
        _code.JumpIf(R0, Below, 0xffff, folded);
        _code.Add(R3, 0x10000);
        _code.Mark(folded);
        _code.Store(32, R7, TtlWord, R3);
        EmitSend(TailAtV4);
    }

    private void EmitV6()
    {
        Require(TransportV6 + UdpHeader.Size);
        _code.Load(8, R2, R7, HopLimit);
        _code.JumpIf(R2, Below, 2, _miss);
        LoadLength(PayloadLength);
        RequirePacket(TransportV6);
        _code.Add(R9, Ipv6Header.Size);
        _code.Load(8, R5, R7, NextHeader);
        RequireTransport(TransportV6, Ipv6Header.Size);

        _code.ShiftLeft(R5, 32);
        _code.Load(32, R2, R7, TransportV6);
        _code.Add(R5, R2);
        _code.LoadConstant(R0, _flows.Hash.Seed);
        _code.LoadConstant(R1, FlowHash.Multiplier);
        for (var word = 0; word < 4; word++)
        {
            _code.Load(64, R4, R7, SourceV6 + (word * sizeof(ulong)));
            Take(R4);
            Fold();
        }

        Take(R5);
        PointTo(_flows.SlotsV6, _flows.Memory.CapacityV6, SlotSizeV6);
        EmitProbes(SlotSizeV6, TailAtV6, CompareV6);

        _code.Load(8, R0, R7, HopLimit);
        _code.Add(R0, -1);
        _code.Store(8, R7, HopLimit, R0);
        EmitSend(TailAtV6);
    }

    // At least so many bytes of frame.
    private void Require(int bytes)
    {
        _code.Move(R2, R7);
        _code.Add(R2, bytes);
        _code.JumpIf(R2, Above, R8, _miss);
    }

    // Into R9. The verifier of older kernels (6.1 is one) knows no bounds of a word whose bytes were swapped; the mask tells it.
    private void LoadLength(int field)
    {
        _code.Load(16, R9, R7, field);
        _code.SwapNetworkOrder(R9, 16);
        _code.And(R9, ushort.MaxValue);
    }

    // The packet lies inside the frame by its own account: R9 bytes, from there on. Padding may follow.
    private void RequirePacket(int from)
    {
        _code.Move(R2, R7);
        _code.Add(R2, R9);
        _code.Add(R2, from);
        _code.JumpIf(R2, Above, R8, _miss);
    }

    // TCP that neither begins nor ends a connection, or UDP, by the protocol in R5; the header lies inside the packet.
    private void RequireTransport(int transport, int ipHeader)
    {
        var udp = _code.NewLabel();
        var done = _code.NewLabel();
        _code.JumpIf(R5, NotEqual, (int)IpProtocol.Tcp, udp);
        _code.JumpIf(R9, Below, ipHeader + TcpHeader.MinSize, _miss);
        Require(transport + TcpHeader.MinSize);
        _code.Load(8, R2, R7, transport + TcpFlags);
        _code.And(R2, Interesting);
        _code.JumpIf(R2, NotEqual, Acknowledges, _miss);
        _code.Mark(done);
        _aside.Add(() =>
        {
            _code.Mark(udp);
            _code.JumpIf(R5, NotEqual, (int)IpProtocol.Udp, _miss);
            _code.JumpIf(R9, Below, ipHeader + UdpHeader.Size, _miss);
            _code.Jump(done);
        });
    }

    // FlowHash.Step and Fold: the hash in R0, the multiplier in R1.
    private void Take(BpfRegister word)
    {
        _code.Xor(R0, word);
        _code.Multiply(R0, R1);
    }

    private void Fold()
    {
        _code.Move(R2, R0);
        _code.ShiftRight(R2, 32);
        _code.Xor(R0, R2);
    }

    // R8 the first slot of the window that the hash gives.
    private void PointTo(int slots, int capacity, int size)
    {
        _code.ShiftRight(R0, 64 - BitOperations.Log2((uint)capacity));
        _code.ShiftLeft(R0, BitOperations.Log2((uint)size));
        _code.LoadMapValue(R8, slots);
        _code.Add(R8, R0);
        _code.LoadMapValue(R1, _flows.Epoch.Handle);
        _code.Load(32, R2, R1, 0);
    }

    // Goes on with R8 at the slot of the flow, if it is open and may be used, and the time in R4.
    private void EmitProbes(int size, int tail, Action<int, BpfLabel> compare)
    {
        var hit = _code.NewLabel();
        var next = _code.NewLabel();
        EmitProbe(0);
        _code.Mark(hit);
        _code.Load(32, R4, R1, ClockAt);
        _code.Load(32, R0, R8, tail + GateAt);
        _code.And(R0, Gates - 1);
        _code.ShiftLeft(R0, 2);
        _code.Add(R1, R0);
        _code.Load(32, R0, R1, FlowEpoch.GatesAt);
        _code.Load(32, R2, R8, tail + GenerationAt);
        _code.JumpIf(R0, NotEqual, R2, _miss);
        _code.Load(16, R0, R8, tail + LongestAt);
        _code.JumpIf(R9, Above, R0, _miss);
        _aside.Add(() =>
        {
            for (var slot = 1; slot < Window; slot++)
            {
                _code.Mark(next);
                next = slot == Window - 1 ? _miss : _code.NewLabel();
                EmitProbe(slot);
                _code.Add(R8, slot * size);
                _code.Jump(hit);
            }
        });

        void EmitProbe(int slot)
        {
            _code.Load(32, R0, R8, (slot * size) + tail + OpenAt);
            _code.JumpIf(R0, NotEqual, R2, next);
            compare(slot * size, next);
        }
    }

    private void CompareV4(int slot, BpfLabel other)
    {
        _code.Load(64, R0, R8, slot + SourceAtV4);
        _code.JumpIf(R0, NotEqual, R4, other);
        _code.Load(64, R0, R8, slot + PortsAtV4);
        _code.JumpIf(R0, NotEqual, R5, other);
    }

    private void CompareV6(int slot, BpfLabel other)
    {
        for (var at = 0; at < PortsAtV6; at += sizeof(ulong))
        {
            _code.Load(64, R0, R8, slot + SourceAtV6 + at);
            _code.Load(64, R4, R7, SourceV6 + at);
            _code.JumpIf(R0, NotEqual, R4, other);
        }

        _code.Load(64, R0, R8, slot + PortsAtV6);
        _code.JumpIf(R0, NotEqual, R5, other);
    }

    private void EmitSend(int tail)
    {
        _code.Load(64, R0, R8, tail + MacsAt);
        _code.Store(64, R7, DestinationMac, R0);
        _code.Load(32, R0, R8, tail + MacsAt + sizeof(ulong));
        _code.Store(32, R7, DestinationMac + sizeof(ulong), R0);
        _code.Move(R0, 1);
        _code.AddAtomically(R8, tail + PacketsAt, R0);
        _code.AddAtomically(R8, tail + BytesAt, R9);
        _code.Store(32, R8, tail + LastSeenAt, R4);
        SteeringRule.EmitCount(_code, _counters, SteeringCounter.Offloaded);
        _code.LoadMap(R1, _flows.Devices);
        _code.Load(16, R2, R8, tail + EgressAt);
        _code.Move(R3, (int)XdpVerdict.Drop);
        _code.Call(BpfHelper.RedirectMap);
        _code.Exit();
    }
}
