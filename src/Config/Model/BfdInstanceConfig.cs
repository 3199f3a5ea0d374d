using Director.Net;

namespace Director.Config;

/// <summary>A <c>bfd_instance</c>, defaults filled in.</summary>
/// <param name="Name">Its name, unique, of up to <see cref="ConfigLimits.MaxBfdNameBytes"/> bytes.</param>
/// <param name="Neighbor"><c>neighbor_ip</c>.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record BfdInstanceConfig(string Name, IpAddress128 Neighbor, SourceLocation Location)
{
    /// <summary><c>source_ip</c>, of the neighbour's family; null leaves it to the routes.</summary>
    public IpAddress128? Source { get; init; }

    /// <summary><c>min_rx</c>: shortest interval at which the neighbour may send, 1 ms or more.</summary>
    public TimeSpan MinRx { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary><c>min_tx</c>: shortest interval at which we send while the session is up, 1 ms or more.</summary>
    public TimeSpan MinTx { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary><c>idle_tx</c>: shortest interval at which we send while it is not, 1 s or more.</summary>
    public TimeSpan IdleTx { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>multiplier</c>: intervals without a packet after which the neighbour takes us for dead, 1–255.</summary>
    public byte Multiplier { get; init; } = 5;

    /// <summary><c>passive</c>: we are silent until the neighbour has spoken.</summary>
    public bool IsPassive { get; init; }

    /// <summary><c>ttl</c> or <c>hoplimit</c>: of our packets, 1–255.</summary>
    public byte HopLimit { get; init; } = 255;

    /// <summary>What <c>max_hops</c> leaves of it: the least that a packet may arrive with; 0 takes any.</summary>
    public byte LowestHopLimit { get; init; } = 255;

    /// <summary><c>multihop</c>: UDP port 4784 instead of 3784.</summary>
    public bool IsMultihop { get; init; }

    /// <summary><c>weight</c>: that of a <c>track_bfd</c> line without one, −253–253.</summary>
    public int Weight { get; init; }

    /// <summary>Whether <c>reverse</c> follows the weight.</summary>
    public bool IsReversed { get; init; }
}
