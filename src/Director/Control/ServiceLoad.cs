using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Control;

/// <summary>What a service was sent, in IPVS's terms.</summary>
internal readonly record struct ServiceLoad(ServerTraffic Traffic, TrafficEstimate Estimate)
{
    /// <summary>That of a service of the datapath, or nothing if there is none.</summary>
    public static ServiceLoad Of(ForwardingTable table, ServiceKey key) =>
        table.Find(key) is { } service ? new(table.ReadTraffic(service), TrafficEstimator.Of(service)) : default;
}
