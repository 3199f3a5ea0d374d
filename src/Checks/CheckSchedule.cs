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
/// <see cref="CheckSettings.DelayLoop"/>, and a single success lets it pass. Before the first success nothing is forgiven. An attempt that
/// this host could not make changes nothing.
/// </remarks>
public sealed class CheckSchedule
{
    private readonly CheckSettings _settings;
    private readonly UrlWalk? _walk;

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
        NextRun = now + CheckLimits.BootstrapDelay + (settings.Warmup * random.NextDouble());
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

    /// <summary>When the next attempt is due.</summary>
    public MonoTime NextRun { get; private set; }

    /// <summary>Takes in the end of an attempt.</summary>
    /// <param name="outcome">What it said.</param>
    /// <param name="now">The instant at which it ended, from which the next delay counts.</param>
    public CheckTransition Apply(ProbeOutcome outcome, MonoTime now)
    {
        var (transition, delay) = outcome switch
        {
            ProbeOutcome.Success when _walk?.Pass() == false => (CheckTransition.None, Proceed(_walk)),
            ProbeOutcome.Success => (Succeed(), _settings.DelayLoop),
            ProbeOutcome.Failure => Fail(),
            _ => (CheckTransition.None, _settings.DelayLoop),
        };
        NextRun = now + delay;
        return transition;
    }

    /// <summary>A step has passed that is not the last.</summary>
    private TimeSpan Proceed(UrlWalk walk)
    {
        Failures = HasRun ? 0 : _settings.Retries;
        return walk.RecoversFast && !(IsUp && HasRun) ? TimeSpan.Zero : _settings.DelayLoop;
    }

    private CheckTransition Succeed()
    {
        var changed = !IsUp || !HasRun;
        (IsUp, HasRun, Failures) = (true, true, 0);
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
        HasRun = true;
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
