using Director.Net;

namespace Director.Vrrp;

/// <summary>One thing to do, or to tell. Which members mean something depends on the kind.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Priority">
/// Of <see cref="VrrpEffectKind.Advertise"/>, ours; of a notice, the peer's, or of a change of ours the one before.
/// </param>
/// <param name="State">The new state.</param>
/// <param name="Reason">Why the state is new.</param>
/// <param name="Faults">In the fault state, all that is wrong.</param>
/// <param name="Notice">What was heard.</param>
/// <param name="Source">From whom it was heard; of a lost address, the address.</param>
public readonly record struct VrrpEffect(
    VrrpEffectKind Kind,
    byte Priority = 0,
    VrrpState State = VrrpState.Init,
    TransitionReason Reason = TransitionReason.Startup,
    FaultReasons Faults = FaultReasons.None,
    VrrpNotice Notice = VrrpNotice.ForcingElection,
    IpAddress128 Source = default);
