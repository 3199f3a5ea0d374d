using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Director.Linux.Bpf;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Perf.Traffic;

/// <summary>
/// The program that makes the frames: run by the kernel on pages of its own, it writes each frame's headers whole, because pages come
/// back as the last who had them left them (a hop less, other MAC addresses), puts in the flow's number (<see cref="FlowNumber"/>), and
/// sends the frame out of the device. Paced, it waits for the time of each burst first and stamps each frame.
/// </summary>
internal static class GeneratorProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "perf_generator";

    /// <summary>The longest gap from frame to frame that it can wait for, nanoseconds: its looks at the clock are bounded.</summary>
    public const int LongestGap = 33_000;

    /// <summary>
    /// Frames that leave together when paced, so that what the kernel does for each batch does not keep it from half of the rate that it
    /// can do with many; a network card's interrupts come no closer.
    /// </summary>
    public const int Burst = 1 << BurstBits;

    /// <summary>Time lost that is made up for by sending faster, nanoseconds; more is given up.</summary>
    private const int Patience = 1_000_000;

    private const int BurstBits = 2;
    private const int Looks = 8000; // of 17 ns and more, so a burst's gap; the verifier follows at most 8192 jumps in a row
    private const int Gap = -8;

    private static readonly int Next = Offset(nameof(GeneratorState.Next));
    private static readonly int NextBeside = Offset(nameof(GeneratorState.NextBeside));
    private static readonly int Sent = Offset(nameof(GeneratorState.Sent));
    private static readonly int Due = Offset(nameof(GeneratorState.Due));

    /// <summary>Assembles it.</summary>
    /// <param name="stream">What is sent.</param>
    /// <param name="beside">What all frames of each <see cref="Burst"/> but the first are of; null for the same. As long.</param>
    /// <param name="stamped">Whether there is a payload to stamp.</param>
    /// <param name="state">Array of one <see cref="GeneratorState"/>.</param>
    /// <param name="control">Array of one <see cref="GeneratorControl"/>.</param>
    /// <param name="devices">Device map whose entry 0 is the way out.</param>
    public static ulong[] Assemble(FrameStream stream, FrameStream? beside, bool stamped, int state, int control, int devices)
    {
        var code = new Assembler();
        var drop = code.NewLabel();
        FrameBounds.Begin(code, FrameTemplate.SmallestBytes, drop);
        code.LoadMapValue(R7, state);
        code.LoadMapValue(R1, control);
        code.Load(64, R2, R1, Marshal.OffsetOf<GeneratorControl>(nameof(GeneratorControl.Stop)).ToInt32());
        code.JumpIf(R2, NotEqual, 0, drop);
        code.Load(64, R2, R1, Marshal.OffsetOf<GeneratorControl>(nameof(GeneratorControl.Gap)).ToInt32());
        var unpaced = code.NewLabel();
        code.JumpIf(R2, Equal, 0, unpaced);
        WaitForTurn(code, stamped);
        code.Mark(unpaced);
        if (beside is { } other)
        {
            var (first, written) = (code.NewLabel(), code.NewLabel());
            code.Load(64, R1, R7, Sent);
            code.And(R1, Burst - 1);
            code.JumpIf(R1, Equal, 0, first);
            Write(code, other, NextBeside);
            code.Jump(written);
            code.Mark(first);
            Write(code, stream, Next);
            code.Mark(written);
        }
        else
        {
            Write(code, stream, Next);
        }

        code.Load(64, R1, R7, Sent);
        code.Add(R1, 1);
        code.Store(64, R7, Sent, R1);
        code.LoadMap(R1, devices);
        code.Move(R2, 0);
        code.Move(R3, (int)XdpVerdict.Drop);
        code.Call(BpfHelper.RedirectMap);
        code.Exit();

        code.Mark(drop);
        code.Move(R0, (int)XdpVerdict.Drop);
        code.Exit();
        return code.Assemble();
    }

    // r2: the gap.
    private static void WaitForTurn(Assembler code, bool stamped)
    {
        var (first, look, now, inTime, stamp) = (code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel());
        code.Load(64, R1, R7, Sent);
        code.And(R1, Burst - 1);
        code.JumpIf(R1, Equal, 0, first);
        code.Call(BpfHelper.MonotonicTime);
        code.Jump(stamp);

        code.Mark(first);
        code.ShiftLeft(R2, BurstBits);
        code.Store(64, Frame, Gap, R2);
        code.Load(64, R9, R7, Due);
        code.Move(R8, Looks);
        code.Mark(look);
        code.Call(BpfHelper.MonotonicTime);
        code.JumpIf(R0, AboveOrEqual, R9, now);
        code.Add(R8, -1);
        code.JumpIf(R8, NotEqual, 0, look);
        code.Mark(now);
        code.Move(R1, R0);
        code.Subtract(R1, R9);
        code.JumpIf(R1, BelowOrEqual, Patience, inTime);
        code.Move(R9, R0);
        code.Mark(inTime);
        code.Load(64, R1, Frame, Gap);
        code.Add(R9, R1);
        code.Store(64, R7, Due, R9);
        code.Mark(stamp);
        if (!stamped) return;
        code.Store(32, R6, FrameTemplate.Stamp, R0);
        code.Xor(R0, -1);
        code.Store(32, R6, FrameTemplate.Stamp + 4, R0);
    }

    private static void Write(Assembler code, FrameStream stream, int next)
    {
        WriteHeaders(code, stream.Template);
        WriteFlow(code, stream.Flows, next);
    }

    private static void WriteHeaders(Assembler code, ReadOnlySpan<byte> template)
    {
        var at = 0;
        for (; at + 4 <= FrameTemplate.Headers; at += 4) code.Store(32, R6, at, BinaryPrimitives.ReadInt32LittleEndian(template[at..]));
        code.Store(16, R6, at, BinaryPrimitives.ReadInt16LittleEndian(template[at..]));
    }

    private static void WriteFlow(Assembler code, FlowRange flows, int next)
    {
        code.Load(64, R1, R7, next);
        code.Move(R2, R1);
        code.Add(R2, flows.First);
        code.Store(16, R6, FrameTemplate.LowInAddress, R2);
        code.Move(R3, R2);
        code.Xor(R3, -1);
        code.Move(R4, BinaryPrimitives.ReverseEndianness(FlowNumber.FirstPort));
        code.Store(16, R6, FrameTemplate.LowInIdentification, R3);
        code.Store(16, R6, FrameTemplate.LowInSequence, R3);
        code.ShiftRight(R2, 16);
        code.ShiftRight(R3, 16);
        code.SwapNetworkOrder(R2, 16);
        code.SwapNetworkOrder(R3, 16);
        code.Or(R2, R4);
        code.Store(16, R6, FrameTemplate.HighInPort, R2);
        code.Store(16, R6, FrameTemplate.HighInSequence, R3);
        var within = code.NewLabel();
        code.Add(R1, FlowNumber.StrideOf(flows.Count));
        code.JumpIf(R1, Below, flows.Count, within);
        code.Add(R1, -flows.Count);
        code.Mark(within);
        code.Store(64, R7, next, R1);
    }

    private static int Offset(string field) => Marshal.OffsetOf<GeneratorState>(field).ToInt32();
}
