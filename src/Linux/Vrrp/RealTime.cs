using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// What keeps a thread on time: real-time scheduling, memory that is not paged out, timers that are not rounded. All best effort.
/// </summary>
public static unsafe class RealTime
{
    private const int PR_SET_TIMERSLACK = 29;

    /// <summary>
    /// Schedules the calling thread before all ordinary ones (sched(7), SCHED_RR), and rounds its waits to nothing. Threads that it starts
    /// are ordinary again.
    /// </summary>
    /// <param name="priority">1–99.</param>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryEnter(int priority)
    {
        _ = Libc.ProcessControl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        return Libc.SetScheduler(0, LibC.SCHED_RR | LibC.SCHED_RESET_ON_FORK, &priority) == 0
            ? null
            : LinuxException.FromLastError("sched_setscheduler", "SCHED_RR", "run with CAP_SYS_NICE or raise LimitRTPRIO").Message;
    }

    /// <summary>Keeps every page that is touched in memory (mlockall(2), MCL_ONFAULT), those mapped later too.</summary>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryLockMemory() => LibC.mlockall(LibC.MCL_CURRENT | LibC.MCL_FUTURE | LibC.MCL_ONFAULT) == 0
        ? null
        : LinuxException.FromLastError("mlockall", "this process", "run with CAP_IPC_LOCK or raise LimitMEMLOCK").Message;
}
