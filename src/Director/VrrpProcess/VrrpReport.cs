using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>What the main process hears of the VRRP process.</summary>
internal abstract record VrrpReport;

/// <summary>An instance's state, when it changes and when the VRRP process has started anew.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="Faults">In <see cref="VrrpState.Fault"/>, all that is wrong.</param>
internal sealed record VrrpStateReport(string Instance, VrrpState State, TransitionReason Reason, FaultReasons Faults) : VrrpReport;

/// <summary>A line for the log, about an instance or the process itself.</summary>
/// <param name="IsWarning">Whether somebody should look.</param>
/// <param name="Text">The line, without time and level.</param>
internal sealed record VrrpLineReport(bool IsWarning, string Text) : VrrpReport;

/// <summary>An instance's counters, asked for by <see cref="VrrpSupervisor.RequestCounters"/>.</summary>
/// <param name="Instance">Its name; empty for datagrams that were for no instance.</param>
/// <param name="Counters">A copy.</param>
internal sealed record VrrpCountersReport(string Instance, VrrpCounters Counters) : VrrpReport;

/// <summary>The VRRP process has started or ended.</summary>
/// <param name="ProcessId">Its process id; 0 if it could not be started.</param>
/// <param name="IsRunning">Whether it has started.</param>
/// <param name="Text">What to say of it.</param>
internal sealed record VrrpProcessReport(int ProcessId, bool IsRunning, string Text) : VrrpReport;
