namespace Director.Datapath.Stats;

/// <summary>What a server or service has been sent so far, all workers together.</summary>
/// <param name="Connections">Connections scheduled.</param>
/// <param name="Packets">Packets from clients, those dropped on the way out included.</param>
/// <param name="Bytes">Their IP total lengths.</param>
public readonly record struct ServerTraffic(long Connections, long Packets, long Bytes)
{
    /// <summary>The sum of both.</summary>
    public static ServerTraffic operator +(ServerTraffic left, ServerTraffic right) =>
        new(left.Connections + right.Connections, left.Packets + right.Packets, left.Bytes + right.Bytes);

    /// <summary>What came after <paramref name="right"/>.</summary>
    public static ServerTraffic operator -(ServerTraffic left, ServerTraffic right) =>
        new(left.Connections - right.Connections, left.Packets - right.Packets, left.Bytes - right.Bytes);
}
