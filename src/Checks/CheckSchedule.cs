using Director.Checks.Probes;
using Director.Net;

namespace Director.Checks;

/// <summary>
/// When one check is tried and what its attempts mean (keepalived check/check_tcp.c, tcp_epilog). Pure: it is handed the time and the
/// outcome.
/// </summary>
/// <remarks>
/// A passing check forgives <see cref="CheckSettings.Retries"/> failures in a row, tried again after
/// <see cref="CheckSettings.DelayBeforeRetry"/>; one more fails it. A failing check is tried once per
/// <see cref="CheckSettings.DelayLoop"/>, and <see cref="CheckSettings.Rise"/> successes in a row let it pass, usually one. Before the
/// first success nothing is forgiven. An attempt that this host could not make changes nothing.
/// </remarks>
public sealed class CheckSchedule
{
    private readonly CheckSettings _settings;
    private readonly UrlWalk? _walk;
    private MonoTime _awaitedSince;
    private MonoTime? _started;

    /// <summary>A check that has not been tried.</summary>
    /// <param name="settings">What it is.</param>
    /// <param name="isUp">Whether it counts as passing until it was tried.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="random">Where in the warm-up the first attempt falls; one number is drawn.</param>
    public CheckSchedule(CheckSettings settings, bool isUp, MonoTime now, Random random)
    {
        _settings = settings;
        _walk = settings.Probe.NewWalk();
        IsUp = isUp;
        Failures = settings.Retries;
        NextRun = _awaitedSince = now + CheckLimits.BootstrapDelay + (settings.Warmup * random.NextDouble());
    }

    /// <summary>A check that goes on as another was, on other terms: what is known of the server stays, and it is tried no later.</summary>
    /// <param name="settings">The new terms; what is tried is the same.</param>
    /// <param name="before">The check as it was.</param>
    /// <param name="now">The present instant.</param>
    public CheckSchedule(CheckSettings settings, CheckSchedule before, MonoTime now)
    {
        _settings = settings;
        // It is up to the walk from its first step on, as after any failure.
        _walk = settings.Probe.NewWalk();
        (IsUp, HasRun, Weight) = (before.IsUp, before.HasRun, before.Weight);
        Failures = HasRun ? Math.Min(before.Failures, settings.Retries) : settings.Retries;
        NextRun = MonoTime.Min(before.NextRun, now + settings.DelayLoop);
        _awaitedSince = now;
    }

    /// <summary>What it is.</summary>
    public CheckSettings Settings => _settings;

    /// <summary>Whether it passes.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether an attempt has said anything yet.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Failures that count against <see cref="CheckSettings.Retries"/> now. As many as those before anything was tried.</summary>
    public int Failures { get; private set; }

    /// <summary>Which step of the probe the next attempt is; 0 of one that has no steps.</summary>
    public int Step => _walk?.Current ?? 0;

    /// <summary>Successes that count towards <see cref="CheckSettings.Rise"/> now.</summary>
    public int Successes { get; private set; }

    /// <summary>What it says of the server's weight; null if it says nothing, or fails.</summary>
    public ProbeWeight? Weight { get; private set; }

    /// <summary>When the next attempt is due.</summary>
    public MonoTime NextRun { get; private set; }

    /// <summary>An attempt begins.</summary>
    public void Begin(MonoTime now) => _started = now;

    /// <summary>The attempt that is due is left out, and nothing changes.</summary>
    public void Skip(MonoTime now) => NextRun = _awaitedSince = now + _settings.DelayLoop;

    /// <summary>Takes in the end of an attempt.</summary>
    /// <param name="result">What it said.</param>
    /// <param name="now">The instant at which it ended, from which the next delay counts, unless that counts from its start.</param>
    public CheckTransition Apply(ProbeResult result, MonoTime now)
    {
        var (transition, delay) = result.Outcome switch
        {
            ProbeOutcome.Success when _walk?.Pass() == false => (CheckTransition.None, Proceed(_walk)),
            ProbeOutcome.Success => (Succeed(), _settings.DelayLoop),
            ProbeOutcome.Failure => Fail(),
            _ => (CheckTransition.None, _settings.DelayLoop),
        };
        if (!IsUp) Weight = null;
        else if (result.Outcome == ProbeOutcome.Success) Weight = result.Weight;
        var next = (_settings.Probe.CountsFromStart ? _started ?? now : now) + delay;
        (NextRun, _awaitedSince) = (next < now ? now : next, now);
        return transition;
    }

    /// <summary>A step has passed that is not the last.</summary>
    private TimeSpan Proceed(UrlWalk walk)
    {
        Failures = HasRun ? 0 : _settings.Retries;
        return walk.RecoversFast && !(IsUp && HasRun) ? TimeSpan.Zero : _settings.DelayLoop;
    }

    /// <summary>
    /// Whether no result has come for <see cref="CheckLimits.OverduePeriods"/> periods, so that whoever runs it does not get to it. The
    /// first is waited for from when it was due.
    /// </summary>
    public bool IsOverdue(MonoTime now)
    {
        if (_settings.Probe.IsTold) return false;
        var period = _settings.DelayLoop;
        if (_settings.DelayBeforeRetry > period) period = _settings.DelayBeforeRetry;
        if (_settings.Probe.LongestAttempt > period) period = _settings.Probe.LongestAttempt;
        return now - _awaitedSince > period * CheckLimits.OverduePeriods;
    }

    private CheckTransition Succeed()
    {
        if (!IsUp && ++Successes < _settings.Rise) return CheckTransition.None;
        var changed = !IsUp || !HasRun;
        (IsUp, HasRun, Failures, Successes) = (true, true, 0, 0);
        return changed ? CheckTransition.Passed : CheckTransition.None;
    }

    /// <summary>
    /// From a failure of a failing check to the next attempt: of a walk the longer of both delays before the url that failed it has passed,
    /// and after that <c>delay_before_retry</c>.
    /// </summary>
    private TimeSpan DelayWhileDown =>
        _walk is null ? _settings.DelayLoop
        : !_walk.IsAtFailed ? _settings.DelayBeforeRetry
        : _settings.DelayBeforeRetry > _settings.DelayLoop ? _settings.DelayBeforeRetry : _settings.DelayLoop;

    private (CheckTransition Transition, TimeSpan Delay) Fail()
    {
        var stands = IsUp || !HasRun;
        (HasRun, Successes) = (true, 0);
        if (!stands) return (CheckTransition.None, DelayWhileDown);
        if (Failures < _settings.Retries)
        {
            Failures++;
            return (CheckTransition.None, _settings.DelayBeforeRetry);
        }

        (IsUp, Failures) = (false, 0);
        _walk?.Fail();
        return (CheckTransition.Failed, DelayWhileDown);
    }
}
