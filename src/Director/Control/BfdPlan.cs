using Director.Bfd;
using Director.Config;

namespace Director.Control;

/// <summary>The BFD sessions that a configuration asks for, in the terms of the BFD engine. Pure.</summary>
internal static class BfdPlan
{
    /// <summary>One for each <c>bfd_instance</c>, in the order of the file.</summary>
    public static IReadOnlyList<BfdSettings> From(DirectorConfig config) => [.. config.BfdInstances.Select(From)];

    private static BfdSettings From(BfdInstanceConfig session) => new()
    {
        Name = session.Name,
        Neighbor = session.Neighbor,
        Source = session.Source,
        MinRx = session.MinRx,
        MinTx = session.MinTx,
        IdleTx = session.IdleTx,
        DetectMultiplier = session.Multiplier,
        IsPassive = session.IsPassive,
        HopLimit = session.HopLimit,
        LowestHopLimit = session.LowestHopLimit,
        IsMultihop = session.IsMultihop,
    };
}
