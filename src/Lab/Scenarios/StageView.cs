using Director.Lab.Topology;
using Director.Net;

namespace Director.Lab.Scenarios;

/// <summary>What can be seen of the lab at one instant.</summary>
/// <param name="At">When.</param>
/// <param name="Directors">All directors, in the order of the plan.</param>
internal sealed record StageView(MonoTime At, IReadOnlyList<DirectorView> Directors)
{
    /// <summary>The director that owns the VIP; null if none does, or more than one.</summary>
    public string? Master => Directors.Where(director => director.IsMaster).ToList() is [var only] ? only.Role : null;

    /// <summary>The machines that have the VIP, be the director on them alive or not.</summary>
    public IReadOnlyList<string> VipHolders => [.. Directors.Where(director => director.HasVip).Select(director => director.Role)];

    /// <summary>The real servers as the master's status shows them; empty without a master.</summary>
    public IReadOnlyList<PoolMember> Pool => Directors.FirstOrDefault(director => director.IsMaster)?.Status?.Pool ?? [];

    /// <summary>Whether the master sends new connections to this server.</summary>
    public bool InPool(LabHost server) => Pool.Any(member => member.Address == $"{server.Address}:{LabPlan.Port}" && member.InPool);

    /// <summary>What changed since <paramref name="earlier"/>, in words.</summary>
    public IEnumerable<string> ChangesSince(StageView earlier)
    {
        foreach (var (was, now) in earlier.Directors.Zip(Directors))
        {
            if (was.State != now.State) yield return $"{now.Role} is {now.State} now";
            if (was.HasVip != now.HasVip) yield return $"the VIP {(now.HasVip ? "came to" : "left")} {now.Role}";
        }

        if (earlier.Master != Master) yield break; // another director's pool is no change of the pool
        foreach (var (was, now) in earlier.Pool.Zip(Pool).Where(pair => pair.First.InPool != pair.Second.InPool))
            yield return $"{now.Address} {(now.InPool ? "came into" : "left")} the pool of {Master}";
    }
}
