namespace Director.Tracking;

/// <summary>How results of a script are judged and when it is run (keepalived.conf(5), <c>vrrp_script</c>).</summary>
/// <param name="Interval">From start to start; longer if a run takes longer, for runs never overlap.</param>
/// <param name="Timeout">How long a run may take.</param>
/// <param name="Rise">Successes in a row that bring it up, 1 or more.</param>
/// <param name="Fall">Failures in a row that take it down, 1 or more.</param>
/// <param name="StartsFailed">Whether it is down until it has risen (<c>init_fail</c>); otherwise the first result decides.</param>
public sealed record ScriptSettings(TimeSpan Interval, TimeSpan Timeout, int Rise, int Fall, bool StartsFailed);
