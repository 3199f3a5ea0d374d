using Director.Config;
using Director.Datapath;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;

namespace Director.Control;

/// <summary>
/// What a <see cref="DirectorCore"/> had in force before it was configured anew. Nothing changes it as long as that is what is in force.
/// </summary>
/// <param name="Config">The configuration.</param>
/// <param name="Timeouts">How long connections stay without a packet.</param>
/// <param name="Pools">The servers of each service.</param>
/// <param name="Places">Each service and its place in what is desired.</param>
/// <param name="Users">Who uses a server's address.</param>
/// <param name="StaticVips">VIPs without a virtual router.</param>
/// <param name="Desired">What was last asked of the datapath.</param>
internal sealed record CoreState(
    DirectorConfig Config,
    ConnectionTimeouts Timeouts,
    Dictionary<ServiceKey, ServicePool> Pools,
    Dictionary<ServiceKey, (VirtualServerConfig Service, int Place)> Places,
    Dictionary<IpAddress128, List<ServiceKey>> Users,
    HashSet<IpAddress128> StaticVips,
    PagedArray<VirtualServiceSpec> Desired);
