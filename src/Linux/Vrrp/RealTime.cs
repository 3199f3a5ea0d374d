using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// What keeps a thread on time: real-time scheduling, memory that is not paged out, timers that are not rounded. All best effort.
/// </summary>
public static unsafe class RealTime
{
    private const int PR_SET_TIMERSLACK = 29;
    private const int PRIO_PROCESS = 0;

    /// <summary>
    /// Schedules the calling thread before all ordinary ones (sched(7), SCHED_RR), and rounds its waits to nothing. Threads that it starts
    /// are ordinary again.
    /// </summary>
    /// <param name="priority">1–99.</param>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryEnter(int priority)
    {
        _ = Libc.ProcessControl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        return Schedule(0, LibC.SCHED_RR | LibC.SCHED_RESET_ON_FORK, priority);
    }

    /// <summary>
    /// The same for every thread of the process, and for those that they start: one that the calling thread waits for, such as a
    /// collector's or a compiler's, must not wait in turn behind ordinary ones. The calling thread itself comes before the others.
    /// </summary>
    /// <param name="priority">1–99, of the calling thread; the others have one less, if there is less.</param>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryEnterWhole(int priority)
    {
        string? refusal = null;
        _ = Libc.ProcessControl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        ProcessThreads.ForEach(thread => refusal ??= Schedule(thread, LibC.SCHED_RR, Math.Max(priority - 1, 1)));
        return refusal ?? Schedule(0, LibC.SCHED_RR, priority);
    }

    /// <summary>Weighs every thread of the process against other ordinary ones (setpriority(2)); means nothing to real-time ones.</summary>
    /// <param name="nice">−20, the most, to 19.</param>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryBeNice(int nice)
    {
        string? refusal = null;
        ProcessThreads.ForEach(thread =>
        {
            if (Libc.SetPriority(PRIO_PROCESS, thread, nice) == 0 || Marshal.GetLastPInvokeError() == Errno.ESRCH) return;
            refusal ??= LinuxException.FromLastError("setpriority", $"{nice}", "run with CAP_SYS_NICE or raise LimitNICE").Message;
        });
        return refusal;
    }

    /// <summary>Keeps every page that is touched in memory (mlockall(2), MCL_ONFAULT), those mapped later too.</summary>
    /// <returns>Why it could not be done, with the remedy; null if it was.</returns>
    public static string? TryLockMemory() => LibC.mlockall(LibC.MCL_CURRENT | LibC.MCL_FUTURE | LibC.MCL_ONFAULT) == 0
        ? null
        : LinuxException.FromLastError("mlockall", "this process", "run with CAP_IPC_LOCK or raise LimitMEMLOCK").Message;

    private static string? Schedule(int thread, int policy, int priority) =>
        Libc.SetScheduler(thread, policy, &priority) == 0 || Marshal.GetLastPInvokeError() == Errno.ESRCH
            ? null
            : LinuxException.FromLastError("sched_setscheduler", "SCHED_RR", "run with CAP_SYS_NICE or raise LimitRTPRIO").Message;
}
