namespace Director.Control;

/// <summary>What stands with a server and what it was sent, in IPVS's terms.</summary>
internal readonly record struct ServerLoad(
    long ActiveConnections,
    long InactiveConnections,
    long PersistentConnections,
    long Connections,
    long Packets,
    long Bytes);
