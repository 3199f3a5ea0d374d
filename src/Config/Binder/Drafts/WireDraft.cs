using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>How an instance speaks or, as its defaults, what <c>global_defs</c> says of that; null is what was not written.</summary>
internal sealed class WireDraft
{
    public int? Version { get; set; }

    public Word? VersionWord { get; set; }

    public IpAddress128? GroupV4 { get; set; }

    public IpAddress128? GroupV6 { get; set; }

    public Word? GroupWord { get; set; }

    public IpAddress128? Source { get; set; }

    public Word? SourceWord { get; set; }

    public UnicastPeersDraft Peers { get; } = new();

    public Word? UnicastWord { get; set; }

    public bool FaultsWithoutPeers { get; set; }

    public bool? ChecksUnicastSource { get; set; }

    public int? UnicastTtl { get; set; }

    public bool TracksSource { get; set; }

    public bool? OldUnicastChecksum { get; set; }

    public bool? ChecksumAsV2 { get; set; }

    public bool? TrustsKnownMaster { get; set; }

    public int? ReceiveBuffer { get; set; }

    /// <summary>Of <c>global_defs</c>: in what the buffers of instances that do not say are counted; null for nothing.</summary>
    public ReceiveBufferUnit? ReceiveBufferUnit { get; set; }

    public int? ReceiveBufferMultiplier { get; set; }

    /// <summary>Whether it says that it is of IPv6, which only matters to an instance without addresses.</summary>
    public bool IsNativeV6 { get; set; }

    public bool LogsUnknown { get; set; }
}
