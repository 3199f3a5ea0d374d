namespace Director.Config;

/// <summary>A named pipe that events are written into (<c>notify_fifo</c>, <c>vrrp_notify_fifo</c>, <c>lvs_notify_fifo</c>).</summary>
/// <param name="Path">Where it is.</param>
/// <param name="User">Who owns it; null for whom scripts run as.</param>
/// <param name="Group">Its group; null for that user's own.</param>
/// <param name="Script">What is started to read it, with the path as its last argument; null if nothing is.</param>
/// <param name="Location">Where it stands.</param>
public sealed record NotifyFifoConfig(string Path, string? User, string? Group, ScriptConfig? Script, SourceLocation Location)
{
    /// <summary>Whether it is told of instances and sync groups.</summary>
    public bool TellsVrrp { get; init; } = true;

    /// <summary>Whether it is told of virtual servers and real servers.</summary>
    public bool TellsServers { get; init; } = true;
}
