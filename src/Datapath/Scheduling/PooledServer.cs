using Director.Datapath.Tables;

namespace Director.Datapath.Scheduling;

/// <summary>A server as its service's scheduler sees it.</summary>
/// <param name="State">Its live counters.</param>
/// <param name="Weight">Its weight; 0 takes no new connection.</param>
/// <param name="LastWeight">Its latest weight that was not 0; 0 if it joined with that (Linux <c>ip_vs_dest.last_weight</c>).</param>
/// <param name="Thresholds">Its bounds of connections.</param>
public readonly record struct PooledServer(RealServerState State, int Weight, int LastWeight, ConnectionThresholds Thresholds)
{
    /// <summary>Whether a scheduler may pick it now.</summary>
    internal bool IsEligible => Weight > 0 && !State.IsOverloaded;

    /// <summary>The same server with another weight or thresholds.</summary>
    internal PooledServer Edited(int weight, ConnectionThresholds thresholds) =>
        new(State, weight, weight != 0 ? weight : LastWeight, thresholds);
}
