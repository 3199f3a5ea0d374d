namespace Director.Lab.Scenarios;

/// <summary>
/// When a server with a closed port must have left the pool, from the balance example's TCP_CHECK: <c>delay_loop 6</c>, <c>nb_get_retry
/// 3</c>, <c>delay_before_retry 3</c> (keepalived.conf(5)). A refused connection fails at once, so <c>connect_timeout</c> plays no
/// part.
/// </summary>
internal static class CheckBounds
{
    /// <summary>Time between checks.</summary>
    public static readonly TimeSpan DelayLoop = TimeSpan.FromSeconds(6);

    /// <summary>No sooner: the failure must have been confirmed by all retries.</summary>
    public static readonly TimeSpan DownAtLeast = 3 * TimeSpan.FromSeconds(3);

    /// <summary>No later: the check comes round, then its retries.</summary>
    public static readonly TimeSpan DownAtMost = DelayLoop + DownAtLeast + Slack;

    /// <summary>One success brings it back: when the check comes round.</summary>
    public static readonly TimeSpan UpAtMost = DelayLoop + Slack;

    /// <summary>
    /// Time in which every server must have been checked once after a start: a second, and up to one round of spreading.
    /// </summary>
    public static readonly TimeSpan FirstCheckAtMost = DelayLoop + Slack;

    private static TimeSpan Slack => TimeSpan.FromSeconds(2);
}
