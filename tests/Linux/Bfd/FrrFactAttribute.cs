using Director.Tests.Support;

namespace Director.Tests.Linux.Bfd;

/// <summary>A kernel test against FRR's bfdd; skipped, saying so, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FrrFactAttribute : FactAttribute
{
    public FrrFactAttribute() => Skip = KernelFeatures.Missing
        ?? (File.Exists(FrrBfd.Program) ? null : "kernel test: FRR is not installed (apt-get install frr)");
}
