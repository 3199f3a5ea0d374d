using Director.Linux.Bpf;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Perf.Traffic;

/// <summary>How the programs here get at their frame: r6 its start, r8 its end; r3 is lost.</summary>
internal static class FrameBounds
{
    /// <summary>
    /// Reads both from the context in r1, and goes on at <paramref name="tooShort"/> if the frame has fewer than <paramref name="bytes"/>.
    /// </summary>
    /// <param name="code">Where to.</param>
    /// <param name="bytes">Bytes that must be there.</param>
    /// <param name="tooShort">Where to go on if they are not.</param>
    /// <param name="data">Where the context has the start: <c>struct xdp_md</c>, Linux include/uapi/linux/bpf.h, unless it is said.</param>
    /// <param name="dataEnd">Where it has the end.</param>
    public static void Begin(Assembler code, int bytes, BpfLabel tooShort, int data = 0, int dataEnd = 4)
    {
        code.Load(32, R6, R1, data);
        code.Load(32, R8, R1, dataEnd);
        Require(code, bytes, tooShort);
    }

    /// <summary>Has at least <paramref name="bytes"/> of the frame, or goes on at <paramref name="tooShort"/>.</summary>
    public static void Require(Assembler code, int bytes, BpfLabel tooShort)
    {
        code.Move(R3, R6);
        code.Add(R3, bytes);
        code.JumpIf(R3, Above, R8, tooShort);
    }
}
