using Director.Linux.Abi;

namespace Director.Linux;

/// <summary>
/// How much memory this process may lock (<c>RLIMIT_MEMLOCK</c>, getrlimit(2)). Without CAP_IPC_LOCK a UMEM is charged to it.
/// </summary>
public static class MemoryLock
{
    /// <summary>The present limit in bytes; <see cref="ulong.MaxValue"/> is none.</summary>
    public static unsafe ulong Limit
    {
        get
        {
            Libc.ResourceLimit limit;
            return Libc.ResourceLimits(0, Libc.RLIMIT_MEMLOCK, null, &limit) == 0 ? limit.Soft : 0;
        }
    }

    /// <summary>
    /// Raises the limit as far as allowed: to none with CAP_SYS_RESOURCE, else to the hard limit. Returns whether <paramref name="bytes"/>
    /// fit now.
    /// </summary>
    public static unsafe bool TryRaise(ulong bytes)
    {
        Libc.ResourceLimit limit;
        if (Libc.ResourceLimits(0, Libc.RLIMIT_MEMLOCK, null, &limit) != 0) return false;
        if (limit.Soft == Libc.RLIM_INFINITY) return true;
        var none = new Libc.ResourceLimit { Soft = Libc.RLIM_INFINITY, Hard = Libc.RLIM_INFINITY };
        if (Libc.ResourceLimits(0, Libc.RLIMIT_MEMLOCK, &none, null) == 0) return true;
        limit.Soft = limit.Hard;
        _ = Libc.ResourceLimits(0, Libc.RLIMIT_MEMLOCK, &limit, null);
        return Limit >= bytes;
    }
}
