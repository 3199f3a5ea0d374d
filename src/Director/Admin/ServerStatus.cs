namespace Director.Admin;

/// <summary>One real server of one service.</summary>
/// <param name="Address">Its address and port, <c>192.0.2.2:80</c>.</param>
/// <param name="Weight">In force; 0 takes no new connection.</param>
/// <param name="Alive">Whether its checks hold it up.</param>
/// <param name="InPool">Whether the datapath may choose it.</param>
/// <param name="Mac">Its link-layer address, or null while that is unresolved.</param>
/// <param name="ActiveConnections">As IPVS counts them.</param>
/// <param name="InactiveConnections">As IPVS counts them.</param>
/// <param name="PersistentConnections">Persistence templates.</param>
/// <param name="Connections">Scheduled to it since start.</param>
/// <param name="Packets">Forwarded to it since start.</param>
/// <param name="Bytes">Forwarded to it since start, IP length.</param>
/// <param name="LastCheckSecondsAgo">Age of the last finished check, or null if there was none.</param>
internal sealed record ServerStatus(
    string Address,
    int Weight,
    bool Alive,
    bool InPool,
    string? Mac,
    long ActiveConnections,
    long InactiveConnections,
    long PersistentConnections,
    long Connections,
    long Packets,
    long Bytes,
    double? LastCheckSecondsAgo);
