namespace Director.Datapath.Stats;

/// <summary>What ipvsadm shows of a server or service: its traffic as of the last tick of the estimator, and its rates.</summary>
/// <param name="Traffic">Since the counters were last set to zero (<c>ipvsadm -Z</c>).</param>
/// <param name="Rates">Per second.</param>
public readonly record struct TrafficEstimate(ServerTraffic Traffic, TrafficRates Rates);
