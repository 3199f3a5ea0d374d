using System.Runtime.InteropServices;
using System.Text;
using Director.Linux.Abi;

namespace Director.Linux.Bpf;

/// <summary>A program in the kernel. It lives as long as somebody refers to it: this object, a link, a device, a socket.</summary>
internal sealed unsafe class BpfProgram : IDisposable
{
    private const int LogBytes = 1 << 20;
    private const int LogLinesShown = 12;
    private const uint LogLevelBasic = 1;

    private static readonly byte[] License = "Dual MIT/GPL\0"u8.ToArray();

    private readonly FileDescriptor _descriptor;

    private BpfProgram(FileDescriptor descriptor, string name, BpfProgramType type) => (_descriptor, Name, Type) = (descriptor, name, type);

    /// <summary>Its name, as <c>bpftool prog</c> shows it.</summary>
    public string Name { get; }

    /// <summary>What kind it is.</summary>
    public BpfProgramType Type { get; }

    /// <summary>Its descriptor.</summary>
    public int Descriptor => _descriptor.Value;

    /// <summary>Has the kernel verify and compile <paramref name="instructions"/>.</summary>
    /// <param name="name">At most 15 letters, digits and underscores.</param>
    /// <param name="instructions">From <see cref="Assembler.Assemble"/>.</param>
    /// <param name="type">What kind it is.</param>
    /// <exception cref="LinuxException">Refused; if by the verifier, the remedy is the end of its log.</exception>
    public static BpfProgram Load(string name, ReadOnlySpan<ulong> instructions, BpfProgramType type = BpfProgramType.Xdp)
    {
        var descriptor = TryLoad(name, instructions, type, default);
        if (descriptor >= 0) return new(new(descriptor), name, type);

        // The log is asked for only now: it makes loading slower, and a buffer that proves too small would make it fail.
        var errno = Marshal.GetLastPInvokeError();
        if (errno == Errno.EPERM) throw Refused(errno, BpfRefusal.Remedy);
        var log = new byte[LogBytes];
        descriptor = TryLoad(name, instructions, type, log);
        if (descriptor >= 0) return new(new(descriptor), name, type);
        throw Refused(errno, "verifier: " + EndOf(log));

        LinuxException Refused(int number, string remedy) => new("bpf(BPF_PROG_LOAD)", $"{type} program {name}", number, remedy);
    }

    /// <summary>The name of the program with that number, of whatever process; empty if it cannot be looked at.</summary>
    public static string NameOf(uint id)
    {
        var byId = new BpfAbi.GetId { Id = id };
        var descriptor = BpfAbi.Call(BpfAbi.Command.ProgramGetDescriptorById, ref byId);
        if (descriptor < 0) return "";
        using var owned = new FileDescriptor(descriptor);
        return BpfAbi.TryGetInfo(descriptor, out BpfAbi.ProgramInfo info) ? BpfAbi.GetName(info.Name) : "";
    }

    /// <summary>
    /// Runs the program on <paramref name="frame"/> without a device, as often as <paramref name="repeat"/> says
    /// (Linux Documentation/bpf/bpf_prog_run.rst). A redirect is only announced, but maps change.
    /// </summary>
    /// <param name="frame">At least 14 bytes.</param>
    /// <param name="repeat">How often.</param>
    /// <param name="device">Index of the device that the frame is said to come from; 0 for none.</param>
    /// <param name="queue">The queue of that device.</param>
    /// <returns>What the last run returned, which of an XDP program is a <see cref="XdpVerdict"/>, and nanoseconds per run.</returns>
    public (uint Result, uint Nanoseconds) TestRun(ReadOnlySpan<byte> frame, int repeat = 1, int device = 0, int queue = 0)
    {
        var ran = Run("bpf(BPF_PROG_TEST_RUN)", frame, [], repeat, device, queue, flags: 0);
        return (ran.ReturnValue, ran.DurationNanoseconds);
    }

    /// <summary>
    /// Runs the program once, as above, and writes what it has made of the frame to <paramref name="after"/>, which has room for it.
    /// </summary>
    /// <returns>What it returned, and the bytes of frame that it left.</returns>
    public (uint Result, int Length) TestRun(ReadOnlySpan<byte> frame, Span<byte> after)
    {
        var ran = Run("bpf(BPF_PROG_TEST_RUN)", frame, after, repeat: 1, device: 0, queue: 0, flags: 0);
        return (ran.ReturnValue, (int)ran.DataSizeOut);
    }

    /// <summary>
    /// Runs the program on <paramref name="count"/> real copies of <paramref name="frame"/> and does with them what it decides
    /// (BPF_F_TEST_XDP_LIVE_FRAMES, Linux 5.18): with one that redirects, a generator of frames at the rate of the kernel itself.
    /// </summary>
    /// <param name="frame">At least 14 bytes.</param>
    /// <param name="count">How many.</param>
    /// <param name="device">Index of the device that the frames are said to come from.</param>
    /// <param name="batch">How many are run before what they decided is done, at most 256; 0 for the kernel's choice, 64.</param>
    public void RunLive(ReadOnlySpan<byte> frame, int count, int device, int batch = 0) =>
        Run("bpf(BPF_PROG_TEST_RUN, live frames)", frame, [], count, device, queue: 0, BpfAbi.BPF_F_TEST_XDP_LIVE_FRAMES, batch);

    /// <summary>Gives the descriptor back; a program that is attached goes on.</summary>
    public void Dispose() => _descriptor.Dispose();

    private BpfAbi.TestRun Run(
        string call, ReadOnlySpan<byte> frame, Span<byte> after, int repeat, int device, int queue, uint flags, int batch = 0)
    {
        var context = new BpfAbi.XdpContext { DataEnd = (uint)frame.Length, IngressDevice = (uint)device, RxQueue = (uint)queue };
        fixed (byte* data = frame)
        fixed (byte* result = after)
        {
            var attr = new BpfAbi.TestRun
            {
                Program = (uint)Descriptor,
                DataSizeIn = (uint)frame.Length,
                DataSizeOut = (uint)after.Length,
                DataIn = (ulong)data,
                DataOut = (ulong)result,
                Repeat = (uint)repeat,
                ContextSizeIn = device == 0 ? 0 : (uint)sizeof(BpfAbi.XdpContext),
                ContextIn = device == 0 ? 0 : (ulong)&context,
                Flags = flags,
                BatchSize = (uint)batch,
            };
            return BpfAbi.Call(BpfAbi.Command.ProgramTestRun, ref attr) == 0 ? attr
                : throw LinuxException.FromLastError(call, $"{Type} program {Name}");
        }
    }

    private static int TryLoad(string name, ReadOnlySpan<ulong> instructions, BpfProgramType type, Span<byte> log)
    {
        fixed (ulong* code = instructions)
        fixed (byte* license = License)
        fixed (byte* logBuffer = log)
        {
            var attr = new BpfAbi.ProgramLoad
            {
                Type = (uint)type,
                InstructionCount = (uint)instructions.Length,
                Instructions = (ulong)code,
                License = (ulong)license,
                LogLevel = log.IsEmpty ? 0 : LogLevelBasic,
                LogSize = (uint)log.Length,
                LogBuffer = (ulong)logBuffer,
                ExpectedAttachType = type == BpfProgramType.Xdp ? BpfAbi.BPF_XDP : 0,
            };
            BpfAbi.SetName(attr.Name, name);
            return BpfAbi.Call(BpfAbi.Command.ProgramLoad, ref attr);
        }
    }

    // The reason stands at the end; before it the verifier tells every step.
    private static string EndOf(ReadOnlySpan<byte> log)
    {
        var end = log.IndexOf((byte)0);
        var lines = Encoding.ASCII.GetString(end < 0 ? log : log[..end]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "no log" : string.Join(" | ", lines.TakeLast(LogLinesShown));
    }
}
