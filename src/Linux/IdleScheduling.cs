using Director.Linux.Abi;

namespace Director.Linux;

/// <summary>Scheduling of a thread behind all others (sched(7), SCHED_IDLE): whoever wakes up displaces it at once.</summary>
internal static unsafe class IdleScheduling
{
    private const int SCHED_IDLE = 5;

    /// <summary>Puts the calling thread behind all others for the rest of its life.</summary>
    /// <exception cref="LinuxException">The process may not.</exception>
    public static void Enter()
    {
        var priority = 0;
        if (Libc.SetScheduler(0, SCHED_IDLE, &priority) != 0)
            throw LinuxException.FromLastError("sched_setscheduler", "SCHED_IDLE");
    }
}
