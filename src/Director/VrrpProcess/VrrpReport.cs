namespace Director.VrrpProcess;

/// <summary>What the main process hears of the VRRP process.</summary>
internal abstract record VrrpReport;
