namespace Director.Lab.Scenarios;

/// <summary>
/// How long the VIP may be away at the client, from the configurations of the examples: advertisements every second, priorities 100 and
/// 50 (RFC 3768 §5.3.2 and §6.1 for the timers). Each bound has <see cref="Slack"/> for adding the address, announcing it, and the
/// grid of requests.
/// </summary>
internal static class FailoverBounds
{
    /// <summary>Priority of the director that is master when both run.</summary>
    public const int MasterPriority = 100;

    /// <summary>Priority of the other one.</summary>
    public const int BackupPriority = 50;

    /// <summary>Time between advertisements.</summary>
    public static readonly TimeSpan Advert = TimeSpan.FromSeconds(1);

    /// <summary>Room for everything but the protocol's own timers.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(300);

    /// <summary>After a loss of power: the backup misses three advertisements and waits its skew time.</summary>
    public static readonly TimeSpan Crash = (3 * Advert) + Skew(BackupPriority) + Slack;

    /// <summary>After a priority-0 advertisement the backup waits its skew time only.</summary>
    public static readonly TimeSpan Resignation = Skew(BackupPriority) + Slack;

    /// <summary>A higher priority takes over from a living master: no timer runs.</summary>
    public static readonly TimeSpan Preemption = Slack;

    /// <summary>
    /// How long a director may take from its start to owning the VIP: program start and the time in which it might hear a better
    /// master.
    /// </summary>
    public static readonly TimeSpan Start = (3 * Advert) + Skew(MasterPriority) + TimeSpan.FromSeconds(8);

    /// <summary>How long a director may take to leave after SIGTERM.</summary>
    public static readonly TimeSpan Leave = TimeSpan.FromSeconds(2);

    /// <summary>Skew_Time of a VRRPv2 backup: (256 − priority) / 256 s.</summary>
    public static TimeSpan Skew(int priority) => TimeSpan.FromSeconds((256 - priority) / 256.0);
}
