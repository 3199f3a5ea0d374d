namespace Director.Linux.Bpf;

/// <summary>The eleven registers (RFC 9669 §2, Linux Documentation/bpf/standardization/abi.rst).</summary>
internal enum BpfRegister : byte
{
    /// <summary>Result of calls and of the program.</summary>
    R0,

    /// <summary>First argument; on entry the context. Lost in a call, as R2–R5 are.</summary>
    R1,

    /// <summary>Second argument.</summary>
    R2,

    /// <summary>Third argument.</summary>
    R3,

    /// <summary>Fourth argument.</summary>
    R4,

    /// <summary>Fifth argument.</summary>
    R5,

    /// <summary>Kept over calls, as R7–R9 are.</summary>
    R6,

    /// <summary>Kept over calls.</summary>
    R7,

    /// <summary>Kept over calls.</summary>
    R8,

    /// <summary>Kept over calls.</summary>
    R9,

    /// <summary>End of the 512 bytes of stack, which are addressed by negative offsets; read-only.</summary>
    Frame,
}
