namespace Director.Config.Binder;

/// <summary>A FIFO in the making; null is what was not written.</summary>
internal sealed class NotifyFifoDraft
{
    public string? Path { get; set; }

    public string? User { get; set; }

    public string? Group { get; set; }

    public SourceLocation Location { get; set; }

    public ScriptConfig? Script { get; set; }

    public NotifyFifoConfig? Complete(bool tellsVrrp, bool tellsServers) => Path is { } path
        ? new(path, User, Group, Script, Location) { TellsVrrp = tellsVrrp, TellsServers = tellsServers }
        : null;
}
