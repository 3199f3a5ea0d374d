namespace Director.Linux.Bpf;

/// <summary>Kinds of program that are used (enum bpf_prog_type, Linux include/uapi/linux/bpf.h).</summary>
internal enum BpfProgramType : uint
{
    /// <summary>On a socket: says how many bytes of each packet it gets, 0 being none.</summary>
    SocketFilter = 1,

    /// <summary>At a device's entry into the stack, behind its taps (tc-bpf(8)).</summary>
    Classifier = 3,

    /// <summary>In the driver, or as early in the stack as can be.</summary>
    Xdp = 6,
}
