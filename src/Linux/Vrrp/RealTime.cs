using System.Runtime.InteropServices;
using Director.Linux.Abi;

namespace Director.Linux.Vrrp;

/// <summary>
/// What keeps a thread on time: real-time scheduling, memory that is not paged out, timers that are not rounded. All best effort.
/// </summary>
public static unsafe partial class RealTime
{
    private const int SCHED_RR = 2;
    private const int SCHED_RESET_ON_FORK = 0x40000000;
    private const int MCL_CURRENT = 1;
    private const int MCL_FUTURE = 2;
    private const int MCL_ONFAULT = 4;
    private const int PR_SET_TIMERSLACK = 29;
    private const string Library = "libc.so.6";

    /// <summary>
    /// Schedules the calling thread before all ordinary ones (sched(7), SCHED_RR), and rounds its waits to nothing. Threads that it starts
    /// are ordinary again.
    /// </summary>
    /// <param name="priority">1–99.</param>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryEnter(int priority)
    {
        _ = ProcessControl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        return Libc.SetScheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &priority) == 0
            ? null
            : LinuxException.FromLastError("sched_setscheduler", "SCHED_RR", "run with CAP_SYS_NICE or raise LimitRTPRIO").Message;
    }

    /// <summary>Keeps every page that is touched in memory (mlockall(2), MCL_ONFAULT), those mapped later too.</summary>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryLockMemory() => LockAll(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0
        ? null
        : LinuxException.FromLastError("mlockall", "this process", "run with CAP_IPC_LOCK or raise LimitMEMLOCK").Message;

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, EntryPoint = "mlockall", SetLastError = true)]
    private static partial int LockAll(int flags);
}
