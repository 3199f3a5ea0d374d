namespace Director.Datapath;

/// <summary>
/// Bounds of a real server's connections, templates not counted: it takes no new one from when it has <paramref name="Upper"/> until it
/// has fewer than <see cref="Release"/> (Linux net/netfilter/ipvs/ip_vs_conn.c, "overload").
/// </summary>
/// <param name="Upper"><c>uthreshold</c>, 0–2147483647; 0 is no bound.</param>
/// <param name="Lower"><c>lthreshold</c>, 0–<paramref name="Upper"/>; 0 is three quarters of it.</param>
public readonly record struct ConnectionThresholds(int Upper, int Lower)
{
    /// <summary>With fewer connections than this an overloaded server takes new ones again.</summary>
    internal int Release => Lower != 0 ? Lower : Upper - (Upper >> 2);
}
