using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>Where a virtual router stands, as the VRRP process told it last.</summary>
/// <param name="Report">State and reason; null before the first report.</param>
/// <param name="Since">When it got there, UTC.</param>
/// <param name="Counters">What it has counted, by name.</param>
internal sealed record VrrpStanding(VrrpStateReport? Report, DateTimeOffset Since, IReadOnlyDictionary<string, long> Counters)
{
    /// <summary>Why it last became master (RFC 6527).</summary>
    public MasterReason NewMasterReason { get; init; }

    /// <summary>What was last wrong with a datagram (RFC 6527).</summary>
    public ProtocolError LastProtocolError { get; init; }

    /// <summary>Who else is master; null while nobody is known to be.</summary>
    public RivalMaster? Rival { get; init; }
}
