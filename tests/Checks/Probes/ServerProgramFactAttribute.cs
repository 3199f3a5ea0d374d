using Director.Tests.Support;

namespace Director.Tests.Checks.Probes;

/// <summary>A kernel test against real servers of Debian's packages; skipped, saying so, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServerProgramFactAttribute : FactAttribute
{
    private static readonly (string Program, string Package)[] Programs =
        [("nginx", "nginx-light"), ("dnsmasq", "dnsmasq-base"), ("smtpd", "opensmtpd"), ("genhash", "keepalived")];

    public ServerProgramFactAttribute()
    {
        var missing = Programs.Where(one => !File.Exists($"/usr/sbin/{one.Program}") && !File.Exists($"/usr/bin/{one.Program}")).ToArray();
        Skip = KernelFeatures.Missing ?? (missing.Length == 0
            ? null
            : $"kernel test: not installed (apt-get install {string.Join(' ', missing.Select(one => one.Package))})");
    }
}
