using System.Runtime.InteropServices;

namespace Director.Linux.Abi;

/// <summary>
/// The C library's functions that Tmds.LibC lacks, or binds with an errno that the packet path does not want. Pointers in, numbers
/// out, as the kernel has them; where a call sets errno it is read by <see cref="Marshal.GetLastPInvokeError"/>.
/// </summary>
internal static unsafe partial class Libc
{
    /// <summary>clockid_t of the monotonic clock (clock_gettime(2)).</summary>
    public const int CLOCK_MONOTONIC = 1;

    /// <summary>Resource of getrlimit(2): bytes that may be locked in memory.</summary>
    public const int RLIMIT_MEMLOCK = 8;

    /// <summary>rlim_t without a limit.</summary>
    public const ulong RLIM_INFINITY = ulong.MaxValue;

    /// <summary>Number of bpf(2).</summary>
    public static readonly nint SYS_bpf = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.Arm64 => 280,
        _ => -1,
    };

    private const string Library = "libc.so.6";

    /// <summary>Seconds and nanoseconds, 64 bits each (struct timespec).</summary>
    public struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>Soft and hard limit (struct rlimit64).</summary>
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    /// <summary>clock_gettime(2): the vDSO's, which enters no kernel, so the runtime need not let a collection run meanwhile.</summary>
    [LibraryImport(Library, EntryPoint = "clock_gettime"), SuppressGCTransition]
    public static partial int ClockGetTime(int clock, Timespec* time);

    /// <summary>syscall(2) with three arguments; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Syscall(nint number, nint first, nint second, nint third);

    /// <summary>poll(2); sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Tmds.Linux.pollfd* descriptors, nuint count, int timeoutMilliseconds);

    /// <summary>sendto(2) without data or address, which is how AF_XDP is kicked; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(int descriptor, void* data, nuint length, int flags, void* address, uint addressLength);

    /// <summary>recvfrom(2); sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(int descriptor, void* data, nuint length, int flags, void* address, uint* addressLength);

    /// <summary>if_nametoindex(3): 0 if there is no such device in the thread's network namespace; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint IfNameToIndex(string name);

    /// <summary>prlimit(2): sets (unless null) and reads (unless null) a limit of a process, 0 being this one; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "prlimit64", SetLastError = true)]
    public static partial int ResourceLimits(int process, int resource, ResourceLimit* set, ResourceLimit* get);

    /// <summary>sched_setaffinity(2), of the thread with this id, 0 being the calling one; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nuint size, void* mask);

    /// <summary>sched_getaffinity(2), of the thread with this id, 0 being the calling one; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int GetAffinity(int thread, nuint size, void* mask);

    /// <summary>sched_setscheduler(2), of the thread with this id, 0 being the calling one; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int thread, int policy, int* priority);
}
