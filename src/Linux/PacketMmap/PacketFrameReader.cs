using Director.Linux.Bpf;
using Director.Linux.Xdp;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.PacketMmap;

/// <summary>
/// Reads a packet of the stack (<c>struct __sk_buff</c>), whose bytes may lie in pieces, by copies onto the program's stack: R7 points to
/// the copy of the frame's start. The stack keeps a frame's VLAN tag beside its bytes: a tagged frame has none of the rule's.
/// </summary>
internal sealed class PacketFrameReader : IFrameReader
{
    /// <summary>Where <c>pkt_type</c> stands in the context: whose frame it is (packet(7)).</summary>
    public const int ContextPacketType = 4;

    private const int ContextVlanPresent = 20;

    // Far below what the rule has of the stack: the start of the frame, then that of an inner header. Fields on the stack must be
    // aligned, and are when the IP header is.
    private const int Start = -256 + 2;
    private const int MaxStart = 94;
    private const int Header = Start + MaxStart;
    private const int MaxHeader = 64;

    /// <inheritdoc/>
    public void Begin(Assembler code, int bytes, BpfLabel tooShort)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, MaxStart);
        code.Load(32, R2, R6, ContextVlanPresent);
        code.JumpIf(R2, NotEqual, 0, tooShort);
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
