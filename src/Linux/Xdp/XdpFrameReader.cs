using Director.Linux.Bpf;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <summary>Reads a frame where the driver has it (<c>struct xdp_md</c>): R7 its start, R8 its end.</summary>
internal sealed class XdpFrameReader : IFrameReader
{
    private const int ContextData = 0;
    private const int ContextDataEnd = 4;

    /// <inheritdoc/>
    public void Begin(Assembler code, int bytes, BpfLabel tooShort)
    {
        code.Load(32, R7, R6, ContextData);
        code.Load(32, R8, R6, ContextDataEnd);
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
