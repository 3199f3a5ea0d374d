using System.Buffers.Binary;
using Director.Linux.Bpf;
using Director.Net.Wire;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <summary>Reads a frame where the driver has it (<c>struct xdp_md</c>): R7 its start, R8 its end.</summary>
/// <param name="vlans">Descriptor of the array that says of each VLAN id whether it is served.</param>
internal sealed class XdpFrameReader(int vlans) : IFrameReader
{
    private const int ContextData = 0;
    private const int ContextDataEnd = 4;
    private const int TagType = 12;
    private const int Tag = 14;

    // Below what the rule has of the stack.
    private const int VlanId = -60;

    /// <inheritdoc/>
    public void Begin(Assembler code, int bytes, BpfLabel tooShort)
    {
        code.Load(32, R7, R6, ContextData);
        code.Load(32, R8, R6, ContextDataEnd);
        Require(code, bytes, tooShort);
    }

    /// <inheritdoc/>
    public void SkipTag(Assembler code, BpfLabel leave)
    {
        var untagged = code.NewLabel();
        code.Load(16, R2, R7, TagType);
        code.JumpIf(R2, NotEqual, BinaryPrimitives.ReverseEndianness((ushort)EtherType.Vlan), untagged);
        Require(code, VlanTag.TaggedHeaderSize, leave);
        code.Load(16, R2, R7, Tag);
        code.SwapNetworkOrder(R2, 16);
        code.And(R2, VlanTag.IdMask);
        code.Store(32, Frame, VlanId, R2);
        code.LoadMap(R1, vlans);
        code.Move(R2, Frame);
        code.Add(R2, VlanId);
        code.Call(BpfHelper.MapLookup);
        code.JumpIf(R0, Equal, 0, leave);
        code.Load(32, R2, R0, 0);
        code.JumpIf(R2, Equal, 0, leave);
        code.Add(R7, VlanTag.Size);
        code.Mark(untagged);
    }

    /// <inheritdoc/>
    public void Require(Assembler code, int bytes, BpfLabel tooShort)
    {
        code.Move(R2, R7);
        code.Add(R2, bytes);
        code.JumpIf(R2, Above, R8, tooShort);
    }

    /// <inheritdoc/>
    public void PointTo(Assembler code, BpfRegister variable, int start, int header, BpfLabel outside)
    {
        code.Move(R2, R7);
        code.Add(R2, variable);
        code.Add(R2, start);
        code.Move(R3, R2);
        code.Add(R3, header);
        code.JumpIf(R3, Above, R8, outside);
    }
}
