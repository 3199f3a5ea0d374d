using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Xdp;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;

namespace Director.Tests.Linux;

[Collection("kernel")]
public sealed unsafe class MemoryLockTests
{
    // Less than two default rings of frames, and what a login has by default; there is no way back without CAP_SYS_RESOURCE.
    private const ulong HardAtMost = 8 << 20;

    [KernelFact]
    public void The_limit_is_raised_as_far_as_allowed()
    {
        var saved = Read();
        try
        {
            Set(new() { Soft = 64 << 10, Hard = saved.Hard });
            Assert.Equal(64ul << 10, MemoryLock.Limit);
            Assert.True(MemoryLock.TryRaise(saved.Hard));
            Assert.True(MemoryLock.Limit >= saved.Hard);
        }
        finally
        {
            Set(saved);
        }
    }

    [KernelFact]
    public void Without_the_right_to_lock_memory_the_refusal_says_which_right_is_missing()
    {
        using var net = new SteeredNet();
        var saved = Read();
        var lowered = new Libc.ResourceLimit { Soft = HardAtMost / 2, Hard = Math.Min(saved.Hard, HardAtMost) };
        Set(lowered);
        var refusal = Assert.Throws<LinuxException>(() => NamespaceThread.Run(net.Director, () =>
        {
            ThreadCapabilities.Drop();
            Assert.False(MemoryLock.TryRaise(lowered.Hard + 1));
            XskPort.Open(net.Steering.Devices, 0, 1, new XskOptions(), new RecordingHost()).Dispose();
        }));
        _ = Libc.ResourceLimits(0, Libc.RLIMIT_MEMLOCK, &saved, null);
        Assert.Equal(Errno.ENOBUFS, refusal.Errno);
        Assert.Contains("XDP_UMEM_REG", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("CAP_IPC_LOCK, or LimitMEMLOCK=infinity", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"the limit is {lowered.Hard >> 10} KiB", refusal.Message, StringComparison.Ordinal);
    }

    private static Libc.ResourceLimit Read()
    {
        Libc.ResourceLimit limit;
        Assert.Equal(0, Libc.ResourceLimits(0, Libc.RLIMIT_MEMLOCK, null, &limit));
        return limit;
    }

    private static void Set(Libc.ResourceLimit limit) => Assert.Equal(0, Libc.ResourceLimits(0, Libc.RLIMIT_MEMLOCK, &limit, null));
}
