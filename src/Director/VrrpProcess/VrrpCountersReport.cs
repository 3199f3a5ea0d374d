using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>An instance's counters, asked for by <see cref="VrrpSupervisor.RequestCounters"/>.</summary>
/// <param name="Instance">Its name; empty for datagrams that were for no instance.</param>
/// <param name="Counters">A copy.</param>
/// <param name="Rival">Who else is master; null while nobody is known to be.</param>
internal sealed record VrrpCountersReport(string Instance, VrrpCounters Counters, RivalMaster? Rival = null) : VrrpReport;
