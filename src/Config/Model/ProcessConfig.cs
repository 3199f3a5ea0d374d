namespace Director.Config;

/// <summary>How a process of the director is scheduled (keepalived.conf(5), <c>vrrp_priority</c> and the like).</summary>
/// <param name="RealTimePriority"><c>vrrp_rt_priority</c>, SCHED_RR, 1–99; null for the director's own.</param>
/// <param name="Nice"><c>vrrp_priority</c>, −20 to 19; null leaves it.</param>
/// <param name="Processors"><c>vrrp_cpu_affinity</c>; empty for all.</param>
public sealed record ProcessConfig(int? RealTimePriority, int? Nice, IReadOnlyList<int> Processors);
