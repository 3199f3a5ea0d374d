namespace Director.Linux.Host;

/// <summary>A running keepalived; its children are not counted.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="SharesNetwork">
/// Whether it is in our network namespace; null if we may not know (<c>/proc/PID/ns</c> of another user).
/// </param>
/// <param name="Unit">The systemd unit that it is run by; null if by none.</param>
public sealed record KeepalivedProcess(int ProcessId, bool? SharesNetwork, string? Unit);
