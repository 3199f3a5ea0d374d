using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>
/// Where an instance stands: told when its state, its faults or its priority change, and when the VRRP process has started anew. Of several
/// changes that the main process had no room for, the last.
/// </summary>
/// <param name="Instance">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="Faults">In <see cref="VrrpState.Fault"/>, all that is wrong.</param>
/// <param name="EffectivePriority">What it advertises, 1–255: its priority and what it tracks.</param>
internal sealed record VrrpStateReport(
    string Instance, VrrpState State, TransitionReason Reason, FaultReasons Faults, byte EffectivePriority) : VrrpReport;
