namespace Director.Admin;

/// <summary>The packet path.</summary>
/// <param name="Mode"><c>xdp</c>, <c>xdp-generic</c> or <c>none</c>.</param>
/// <param name="Why">Why that mode, in words.</param>
/// <param name="Devices">The devices it is attached to, in words: name, queues, copy or zero-copy.</param>
/// <param name="Workers">Worker threads.</param>
/// <param name="Counters">Sums over the workers by name.</param>
internal sealed record DatapathStatus(
    string Mode,
    string Why,
    IReadOnlyList<string> Devices,
    int Workers,
    IReadOnlyDictionary<string, long> Counters);
