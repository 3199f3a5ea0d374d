using Director.Datapath.Stats;
using Director.Datapath.Tables;

namespace Director.Control;

/// <summary>What stands with a server and what it was sent, in IPVS's terms.</summary>
internal readonly record struct ServerLoad(
    long ActiveConnections,
    long InactiveConnections,
    long PersistentConnections,
    ServerTraffic Traffic,
    TrafficEstimate Estimate)
{
    /// <summary>That of a server of the datapath, or nothing if there is none.</summary>
    public static ServerLoad Of(RealServerState? server) => server is null
        ? default
        : new(
            server.ActiveConnections, server.InactiveConnections, server.PersistentConnections,
            server.ReadTraffic(), TrafficEstimator.Of(server));
}
