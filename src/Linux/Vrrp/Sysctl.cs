using System.Runtime.InteropServices;
using System.Text;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// Kernel settings below <c>/proc/sys/net</c> (sysctl(8)) of the network namespace that the calling thread is in. Any thread; no
/// allocation but for names.
/// </summary>
internal static unsafe class Sysctl
{
    private const int LongestPath = 256;

    /// <summary>The file of a setting of an interface, such as <c>ipv4/conf/eth0/arp_ignore</c>.</summary>
    public static string OfInterface(bool isV4, string name, string setting) =>
        $"{(isV4 ? "ipv4" : "ipv6")}/conf/{name}/{setting}";

    /// <summary>The first digit of a setting; null if it cannot be read.</summary>
    /// <param name="setting">Its path below <c>/proc/sys/net</c>.</param>
    public static int? Read(string setting)
    {
        var path = stackalloc byte[LongestPath];
        if (!TryGetPath(setting, new(path, LongestPath))) return null;
        var file = LibC.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC);
        if (file < 0) return null;
        byte digit;
        var length = LibC.read(file, &digit, 1);
        _ = LibC.close(file);
        return length == 1 && digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : null;
    }

    /// <summary>Sets a setting to a digit; returns 0 or errno, EROFS where /proc/sys may not be written to.</summary>
    public static int Write(string setting, int value)
    {
        var path = stackalloc byte[LongestPath];
        if (!TryGetPath(setting, new(path, LongestPath))) return Errno.EINVAL;
        var file = LibC.open(path, LibC.O_WRONLY | LibC.O_CLOEXEC);
        if (file < 0) return Marshal.GetLastPInvokeError();
        var digit = (byte)('0' + value);
        var errno = LibC.write(file, &digit, 1) == 1 ? 0 : Marshal.GetLastPInvokeError();
        _ = LibC.close(file);
        return errno;
    }

    private static bool TryGetPath(string setting, Span<byte> path)
    {
        path.Clear();
        var root = "/proc/sys/net/"u8;
        root.CopyTo(path);
        return Encoding.UTF8.TryGetBytes(setting, path[root.Length..^1], out _);
    }
}
