using System.Runtime.InteropServices;

namespace Director.Tests.Support;

/// <summary>What a thread may do: capabilities are a thread's own (capabilities(7)).</summary>
internal static unsafe partial class ThreadCapabilities
{
    /// <summary>Leaves this thread, which should end soon, no capability but CAP_NET_RAW.</summary>
    public static void Drop()
    {
        const uint Version3 = 0x20080522;
        const uint KeptNetRaw = 1u << 13;
        var header = stackalloc uint[] { Version3, 0 };
        var data = stackalloc uint[] { KeptNetRaw, KeptNetRaw, 0, 0, 0, 0 };
        Assert.Equal(0, CapSet(header, data));
    }

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int CapSet(uint* header, uint* data);
}
