using System.Runtime.InteropServices;

namespace Director.Perf.Traffic;

/// <summary>What the generator's program is told.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GeneratorControl
{
    /// <summary>Nanoseconds from one frame to the next; 0 for as fast as it can.</summary>
    public ulong Gap;

    /// <summary>Not 0: what is left of a run ends in nothing.</summary>
    public ulong Stop;
}
