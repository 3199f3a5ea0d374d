using System.Globalization;

namespace Director.Checks.Probes;

/// <summary>
/// What a probe tries, and how; one derived record for each kind of probe. Equal settings are the same check. What it says are the lines
/// that keepalived's users grep for; they name the real server, also where <c>connect_ip</c> or <c>connect_port</c> lead elsewhere.
/// </summary>
public abstract record ProbeSettings
{
    /// <summary>The keyword of its block, such as <c>TCP_CHECK</c>.</summary>
    public abstract string Keyword { get; }

    /// <summary>Whether nothing is tried, but what happens is told (<see cref="CheckRunner.Tell"/>).</summary>
    public virtual bool IsTold => false;

    /// <summary>A walk through its steps, of which each attempt is one; null if an attempt is all there is to try.</summary>
    public virtual UrlWalk? NewWalk() => null;

    /// <summary>
    /// Whether delays count from the start of an attempt rather than from its end; the next is due at once if that is past.
    /// </summary>
    public virtual bool CountsFromStart => false;

    /// <summary>Whether an attempt is a process of its own, so that it has its turn among those and holds up no other probe.</summary>
    public virtual bool IsProcess => false;

    /// <summary>
    /// How long an attempt may take: a check without a result for <see cref="CheckLimits.OverduePeriods"/> times that, or times its
    /// period where that is longer, is overdue.
    /// </summary>
    public virtual TimeSpan LongestAttempt => TimeSpan.FromMinutes(1);

    /// <summary>The line of the log when the check passes again, or for the first time.</summary>
    /// <param name="server">Such as <c>[192.0.2.133]:tcp:80</c>, and in what is <see cref="IsTold"/>
    /// <c>[192.0.2.133]:tcp:80 of VS [192.0.2.130]:tcp:80</c>.</param>
    public virtual string PassedLine(string server) => $"{Keyword} on service {server} succeeded.";

    /// <summary>The line of the log when the check fails.</summary>
    /// <param name="server">As above.</param>
    /// <param name="retries">Failures that were forgiven before; 0 if none was.</param>
    public virtual string FailedLine(string server, int retries) => retries > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Keyword} on service {server} failed after {retries} retries.")
        : $"{Keyword} on service {server} failed.";

    /// <summary>What a mail says of it, between the arrows.</summary>
    /// <param name="passed">Whether it passes now.</param>
    /// <param name="reason">Why it does not.</param>
    public virtual string MailLine(bool passed, string? reason) => $"{Keyword} {(passed ? "succeeded" : "failed")} on service";
}
