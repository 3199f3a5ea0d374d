using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>An instance's state, when it changes and when the VRRP process has started anew.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="Faults">In <see cref="VrrpState.Fault"/>, all that is wrong.</param>
internal sealed record VrrpStateReport(string Instance, VrrpState State, TransitionReason Reason, FaultReasons Faults) : VrrpReport;
