using Director.Datapath.Tables;

namespace Director.Datapath.Scheduling;

/// <summary>A server as its service's scheduler sees it.</summary>
/// <param name="State">Its live counters.</param>
/// <param name="Weight">Its weight; 0 takes no new connection.</param>
public readonly record struct PooledServer(RealServerState State, int Weight)
{
    /// <summary>Whether a scheduler may pick it.</summary>
    internal bool IsEligible => Weight > 0;
}
