namespace Director.VrrpProcess;

/// <summary>The VRRP process has started or ended.</summary>
/// <param name="ProcessId">Its process id; 0 if it could not be started.</param>
/// <param name="IsRunning">Whether it has started.</param>
/// <param name="Text">What to say of it.</param>
internal sealed record VrrpProcessReport(int ProcessId, bool IsRunning, string Text) : VrrpReport;
