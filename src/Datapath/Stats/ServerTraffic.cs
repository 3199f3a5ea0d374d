namespace Director.Datapath.Stats;

/// <summary>What went to and from a server or service, all workers together.</summary>
/// <param name="Connections">Connections scheduled.</param>
/// <param name="InPackets">Packets from clients, those dropped on the way out included.</param>
/// <param name="InBytes">Their IP total lengths.</param>
/// <param name="OutPackets">Packets to clients that passed here; none in direct routing.</param>
/// <param name="OutBytes">Their IP total lengths.</param>
public readonly record struct ServerTraffic(
    long Connections, long InPackets, long InBytes, long OutPackets = 0, long OutBytes = 0)
{
    /// <summary>The sum of both.</summary>
    public static ServerTraffic operator +(ServerTraffic left, ServerTraffic right) => new(
        left.Connections + right.Connections,
        left.InPackets + right.InPackets,
        left.InBytes + right.InBytes,
        left.OutPackets + right.OutPackets,
        left.OutBytes + right.OutBytes);

    /// <summary>What came after <paramref name="right"/>.</summary>
    public static ServerTraffic operator -(ServerTraffic left, ServerTraffic right) => new(
        left.Connections - right.Connections,
        left.InPackets - right.InPackets,
        left.InBytes - right.InBytes,
        left.OutPackets - right.OutPackets,
        left.OutBytes - right.OutBytes);
}
