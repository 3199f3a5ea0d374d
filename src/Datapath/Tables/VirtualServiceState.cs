using Director.Datapath.Stats;

namespace Director.Datapath.Tables;

/// <summary>
/// What a virtual service keeps from table to table: its lock, its meter, and the traffic of servers that are gone for good.
/// </summary>
internal sealed class VirtualServiceState
{
    /// <summary>Held while a server is picked and the new connection is counted, so that workers see each other's picks.</summary>
    public SpinLock Lock = new(enableThreadOwnerTracking: false);

    /// <summary>Traffic of servers that no table holds any more. Only table builds write it.</summary>
    public ServerTraffic Retired { get; private set; }

    /// <summary>What is shown of its traffic.</summary>
    public TrafficMeter Meter { get; } = new();

    public void Retire(ServerTraffic traffic) => Retired += traffic;
}
