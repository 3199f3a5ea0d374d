namespace Director.Linux.Netlink;

/// <summary>What a process did.</summary>
/// <param name="Kind">What.</param>
/// <param name="Process">The process; of <see cref="ProcessEventKind.Forked"/> the new one.</param>
/// <param name="Parent">Of <see cref="ProcessEventKind.Forked"/> who made it; else 0.</param>
public readonly record struct ProcessEvent(ProcessEventKind Kind, int Process, int Parent = 0);
