using System.Runtime.InteropServices;
using Tmds.Linux;

namespace Director.Linux.Abi;

/// <summary>
/// The C library's functions that Tmds.LibC lacks, or binds without their errno. Pointers in, numbers out, as the kernel has them; where
/// a call sets errno it is read by <see cref="Marshal.GetLastPInvokeError"/>.
/// </summary>
internal static unsafe partial class Libc
{
    /// <summary>clockid_t of the monotonic clock (clock_gettime(2)).</summary>
    public const int CLOCK_MONOTONIC = 1;

    /// <summary>Resource of getrlimit(2): bytes that may be locked in memory.</summary>
    public const int RLIMIT_MEMLOCK = 8;

    /// <summary>rlim_t without a limit.</summary>
    public const ulong RLIM_INFINITY = ulong.MaxValue;

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

    /// <summary>poll(2); sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(pollfd* descriptors, nuint count, int timeoutMilliseconds);

    /// <summary>ppoll(2), which waits to the nanosecond where poll(2) rounds to milliseconds; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(pollfd* descriptors, nuint count, Timespec* timeout, void* signals);

    /// <summary>sendmmsg(2): how many messages were sent, or -1 if not even the first; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMessages(int socket, PacketAbi.Message* messages, uint count, int flags);

    /// <summary>if_nametoindex(3): 0 if there is no such device in the thread's network namespace; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint IfNameToIndex(string name);

    /// <summary>prlimit(2): sets (unless null) and reads (unless null) a limit of a process, 0 being this one; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "prlimit64", SetLastError = true)]
    public static partial int ResourceLimits(int process, int resource, ResourceLimit* set, ResourceLimit* get);

    /// <summary>prctl(2); sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    /// <summary>setns(2) of the calling thread, to the namespace behind a descriptor; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNamespace(int descriptor, int type);

    /// <summary>sched_setscheduler(2), of the thread with this id, 0 being the calling one; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int thread, int policy, int* priority);

    /// <summary>setpriority(2), of the thread with this id; sets errno.</summary>
    [LibraryImport(Library, EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, int thread, int nice);
}
