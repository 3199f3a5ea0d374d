using Director.Perf.Routers.Peers;
using Director.Tests.Support;

namespace Director.Tests.Interop;

/// <summary>A kernel test with the real keepalived and, where asked for, FRR; skipped, saying so, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InteropFactAttribute : FactAttribute
{
    public InteropFactAttribute(bool frr = false) => Skip = KernelFeatures.Missing
        ?? ((KeepalivedPeer.Missing ?? (frr ? FrrPeer.Missing : null)) is { } missing ? $"kernel test: {missing}" : null);
}
