namespace Director.Perf.Measurement;

/// <summary>What became of the segments of connections that were there before, from the first one sent to the last.</summary>
/// <param name="Sent">How many were sent.</param>
/// <param name="Lost">How many did not arrive.</param>
internal sealed record Kept(long Sent, long Lost);
