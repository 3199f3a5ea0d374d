namespace Director.Admin;

/// <summary>One BFD session.</summary>
/// <param name="Name">Of the <c>bfd_instance</c>.</param>
/// <param name="Neighbor">Who is watched.</param>
/// <param name="State"><c>UP</c>, <c>INIT</c>, <c>DOWN</c>, or <c>UNKNOWN</c> before the first report.</param>
/// <param name="Reason">Why it is not up, or empty.</param>
/// <param name="Since">When it got there, UTC.</param>
/// <param name="RemoteState">Where the neighbour says that it stands, in the same words or <c>ADMINDOWN</c>.</param>
/// <param name="TransmitMilliseconds">Between our packets, before jitter.</param>
/// <param name="DetectionMilliseconds">How long the neighbour may be silent; 0 if it was not heard.</param>
/// <param name="Counters">What it has counted, by name.</param>
internal sealed record BfdStatus(
    string Name,
    string Neighbor,
    string State,
    string Reason,
    DateTimeOffset Since,
    string RemoteState,
    double TransmitMilliseconds,
    double DetectionMilliseconds,
    IReadOnlyDictionary<string, long> Counters);
