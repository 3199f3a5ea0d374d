using Director.Datapath.Stats;

namespace Director.Admin;

/// <summary>The packet path.</summary>
/// <param name="Mode"><c>xdp</c>, <c>xdp-generic</c>, <c>packet</c> or <c>none</c>.</param>
/// <param name="Why">Why that mode, in words; if another was refused, how, and what to do.</param>
/// <param name="Devices">The sockets by which it has the devices' frames, in words.</param>
/// <param name="Vips">The VIPs whose packets it takes at present; those of any other address go to the host.</param>
/// <param name="Counters">Those of the workers added up, and those that belong to none of them, by name.</param>
/// <param name="Workers">Each worker thread.</param>
/// <param name="Estimate">All services together, as ipvsadm would show it.</param>
/// <param name="Timeouts">How long connections without a packet are remembered.</param>
internal sealed record DatapathStatus(
    string Mode,
    string Why,
    IReadOnlyList<string> Devices,
    IReadOnlyList<string> Vips,
    IReadOnlyDictionary<string, long> Counters,
    IReadOnlyList<WorkerStatus> Workers,
    TrafficEstimate Estimate,
    TimeoutStatus Timeouts)
{
    /// <summary>What the XDP programs forward by themselves.</summary>
    public OffloadStatus Offload { get; init; } = new("off", "nothing is forwarded", 0, 0, []);
}
