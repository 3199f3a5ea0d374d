using System.Buffers.Binary;
using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Net.Wire;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.PacketMmap;

/// <summary>
/// Reads a packet of the stack (<c>struct __sk_buff</c>), whose bytes may lie in pieces, by copies onto the program's stack: R7 points to
/// the copy of the frame's start. The stack keeps a frame's VLAN tag beside its bytes. No VLAN is served here: a device of its own has its
/// packets, and they come by that untagged.
/// </summary>
internal sealed class PacketFrameReader : IFrameReader
{
    /// <summary>Where <c>pkt_type</c> stands in the context: whose frame it is (packet(7)).</summary>
    public const int ContextPacketType = 4;

    private const int ContextVlanPresent = 20;
    private const int ContextVlanTag = 24;
    private const int ContextVlanType = 28;

    // Far below what the rule has of the stack: the start of the frame, then that of an inner header. Fields on the stack must be
    // aligned, and are when the IP header is.
    private const int Start = -256 + 2;
    private const int MaxStart = 94;
    private const int Header = Start + MaxStart;
    private const int MaxHeader = 64;

    /// <inheritdoc/>
    public void Begin(Assembler code, int bytes, BpfLabel tooShort) => Require(code, bytes, tooShort);

    /// <inheritdoc/>
    public void SkipTag(Assembler code, BpfLabel leave)
    {
        var untagged = code.NewLabel();
        code.Load(32, R2, R6, ContextVlanPresent);
        code.JumpIf(R2, Equal, 0, untagged);
        code.Load(32, R2, R6, ContextVlanType);
        code.JumpIf(R2, NotEqual, BinaryPrimitives.ReverseEndianness((ushort)EtherType.Vlan), leave);
        code.Load(32, R2, R6, ContextVlanTag);
        code.And(R2, VlanTag.IdMask);
        code.JumpIf(R2, NotEqual, 0, leave);
        code.Mark(untagged);
    }

    /// <inheritdoc/>
    public void Require(Assembler code, int bytes, BpfLabel tooShort)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, MaxStart);
        code.Move(R7, Frame);
        code.Add(R7, Start);
        code.Move(R1, R6);
        code.Move(R2, 0);
        code.Move(R3, R7);
        code.Move(R4, bytes);
        code.Call(BpfHelper.LoadBytes);
        code.JumpIf(R0, NotEqual, 0, tooShort);
    }

    /// <inheritdoc/>
    public void PointTo(Assembler code, BpfRegister variable, int start, int header, BpfLabel outside)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header, MaxHeader);
        code.Move(R1, R6);
        code.Move(R2, variable);
        code.Add(R2, start);
        code.Move(R3, Frame);
        code.Add(R3, Header);
        code.Move(R4, header);
        code.Call(BpfHelper.LoadBytes);
        code.JumpIf(R0, NotEqual, 0, outside);
        code.Move(R2, Frame);
        code.Add(R2, Header);
    }
}
