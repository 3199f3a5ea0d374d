namespace Director.Perf;

/// <summary>
/// The machine that <c>tools/refvm -i -c 1</c> emulates: one processor, and a clock on which each instruction takes a nanosecond.
/// </summary>
internal static class ReferenceMachine
{
    /// <summary>Instructions a second, by its clock.</summary>
    public const double Speed = 1e9;

    /// <summary>Whether this is one.</summary>
    public static bool IsThis =>
        Environment.ProcessorCount == 1 && File.ReadAllText("/proc/cpuinfo").Contains("QEMU TCG", StringComparison.Ordinal);
}
