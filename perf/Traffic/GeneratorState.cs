using System.Runtime.InteropServices;

namespace Director.Perf.Traffic;

/// <summary>What the generator's program remembers from frame to frame; it alone writes it while it runs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GeneratorState
{
    /// <summary>The flow whose turn it is, counted from the first of its own.</summary>
    public ulong Next;

    /// <summary>The same of the stream beside.</summary>
    public ulong NextBeside;

    /// <summary>Frames sent, of both.</summary>
    public ulong Sent;

    /// <summary>When the next burst is due, nanoseconds of the monotonic clock; only if paced.</summary>
    public ulong Due;
}
