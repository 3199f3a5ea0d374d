using System.Runtime.InteropServices;
using Director.Lab;
using Director.Lab.Namespaces;

namespace Director.Tests.Support;

/// <summary>What this machine lacks for kernel tests, found out once per test run by trying.</summary>
internal static partial class KernelFeatures
{
    private const int AfXdp = 44;
    private const int SockRaw = 3;
    private static readonly Lazy<string?> Probed = new(Probe);

    /// <summary>The first thing that is missing, with its remedy; null if kernel tests can run.</summary>
    public static string? Missing => Probed.Value;

    private static string? Probe()
    {
        if (!OperatingSystem.IsLinux()) return "kernel test: needs Linux";
        if (!Environment.IsPrivilegedProcess) return "kernel test: needs root (CAP_NET_ADMIN, CAP_BPF)";
        try
        {
            using var set = new NamespaceSet();
            Veth.Connect(set.Create("a"), "eth0", set.Create("b"), "eth0");
        }
        catch (LabException error)
        {
            return $"kernel test: no network namespaces or veth here: {error.Message}";
        }

        var descriptor = Socket(AfXdp, SockRaw, 0);
        if (descriptor < 0) return $"kernel test: no AF_XDP sockets here: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}";
        _ = Close(descriptor);
        return null;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
