using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>Where a sync group stands, told when that changes and when the VRRP process has started anew.</summary>
/// <param name="Group">Its name.</param>
/// <param name="State">
/// <see cref="VrrpState.Master"/> if all members are, <see cref="VrrpState.Fault"/> if any is, <see cref="VrrpState.Init"/> if it has no
/// running member, else <see cref="VrrpState.Backup"/>.
/// </param>
internal sealed record VrrpGroupReport(string Group, VrrpState State) : VrrpReport;
