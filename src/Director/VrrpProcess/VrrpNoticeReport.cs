using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>
/// That a master heard and answered a lower-priority advert (<see cref="VrrpNotice.ForcingElection"/>, keepalived's MASTER_RX_LOWER_PRI):
/// at most <see cref="VrrpLimits.AnswersPerInterval"/> in an advert interval, and lost if the main process does not read.
/// </summary>
/// <param name="Instance">Its name.</param>
/// <param name="Notice">What.</param>
/// <param name="EffectivePriority">What it advertises, 1–255.</param>
internal sealed record VrrpNoticeReport(string Instance, VrrpNotice Notice, byte EffectivePriority) : VrrpReport;
