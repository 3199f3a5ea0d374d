using Director.Tests.Support;

namespace Director.Tests.Linux.Vrrp;

/// <summary>A kernel test against the real keepalived; skipped, saying so, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeepalivedFactAttribute : FactAttribute
{
    public KeepalivedFactAttribute() => Skip = KernelFeatures.Missing
        ?? (File.Exists("/usr/sbin/keepalived") ? null : "kernel test: keepalived is not installed (apt-get install keepalived)");
}
