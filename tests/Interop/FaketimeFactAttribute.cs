using System.Runtime.InteropServices;
using Director.Perf.Routers.Peers;
using Director.Tests.Support;
using Processor = System.Runtime.InteropServices.Architecture;

namespace Director.Tests.Interop;

/// <summary>A kernel test with the real keepalived and libfaketime; skipped, saying so, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FaketimeFactAttribute : FactAttribute
{
    /// <summary>What is loaded before a program's own libraries.</summary>
    public static readonly string Library =
        $"/usr/lib/{(RuntimeInformation.OSArchitecture == Processor.Arm64 ? "aarch64" : "x86_64")}-linux-gnu/faketime/libfaketimeMT.so.1";

    public FaketimeFactAttribute() => Skip = KernelFeatures.Missing ?? KeepalivedPeer.Missing
        ?? (File.Exists(Library) ? null : "kernel test: libfaketime is not installed (apt-get install faketime)");
}
