using Director.Linux.Abi;

namespace Director.Linux;

/// <summary>Which network namespace a thread is in (setns(2)).</summary>
public static class ThreadNamespace
{
    private const int CLONE_NEWNET = 0x4000_0000;

    /// <summary>
    /// Moves the calling thread, and it alone, into a network namespace for good: it is to be a thread of its own that ends there, never
    /// one of a pool. A socket, link or map made there may be used anywhere.
    /// </summary>
    /// <param name="path">Such as <c>/run/netns/d1</c> (ip-netns(8)).</param>
    /// <exception cref="LinuxException">The process may not.</exception>
    public static void Enter(string path)
    {
        using var file = File.OpenHandle(path);
        if (Libc.SetNamespace((int)file.DangerousGetHandle(), CLONE_NEWNET) != 0)
            throw LinuxException.FromLastError("setns", path, "run as root or with CAP_SYS_ADMIN");
    }
}
