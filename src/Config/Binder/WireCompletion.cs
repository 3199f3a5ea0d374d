using System.Globalization;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// How an instance speaks: its own settings, then those of <c>global_defs</c>, then keepalived's; what does not fit the family of its
/// addresses or its version is left out, and said.
/// </summary>
internal sealed class WireCompletion(WireDraft globals, DiagnosticSink diagnostics)
{
    /// <summary>keepalived's <c>vrrp_rx_bufs_multiplier</c>.</summary>
    private const int DefaultBufferMultiplier = 3;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Centisecond = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestV3 = Centisecond * 4095;

    /// <summary>The version, which over IPv6 is 3 unless the instance itself says otherwise.</summary>
    public int Version(VrrpInstanceDraft instance, bool isV6) => instance.Wire.Version ?? (isV6 ? 3 : globals.Version ?? 2);

    /// <summary>
    /// Whether an instance cannot be run because strict mode forbids how it is to speak, which is said then.
    /// </summary>
    public bool IsForbidden(VrrpInstanceDraft instance, bool isV6, bool isStrict)
    {
        if (!isStrict) return false;
        var own = instance.Wire;
        if (own.Peers.Lines.Count > 0) return Refuse(own.Peers.Word!, "unicast_peer is not of VRRP");
        return isV6 && Version(instance, isV6) == 2 && Refuse(own.VersionWord!, "IPv6 needs version 3");

        bool Refuse(Word word, string why)
        {
            diagnostics.Warning(DiagnosticCode.StrictConflict, word, $"in strict mode {why}: the instance is not run",
                "remove vrrp_strict or strict_mode, or this");
            return true;
        }
    }

    /// <summary>Where its adverts come from; null for the interface's address.</summary>
    public IpAddress128? Source(VrrpInstanceDraft instance, bool isV6)
    {
        if (instance.Wire is not { Source: { } source, SourceWord: { } word }) return null;
        if (source.IsV4 != isV6) return source;
        diagnostics.Error(DiagnosticCode.FamilyMismatch, word, $"{source} is not of the family of the virtual addresses");
        return null;
    }

    /// <summary>
    /// Between adverts. Rounded as keepalived does: in version 2 to the nearest second, at least one (RFC 3768 §5.3.7), in version 3 to
    /// the nearest centisecond, at most 40.95 s (RFC 9568 §5.2.7).
    /// </summary>
    public TimeSpan Interval(VrrpInstanceDraft instance, bool isV6)
    {
        if (instance is not { AdvertInterval: { } interval, AdvertIntervalWord: { } word }) return Second;
        var version = Version(instance, isV6);
        var unit = version == 2 ? Second : Centisecond;
        var used = unit * Math.Max(1, (interval.Ticks + (unit.Ticks / 2)) / unit.Ticks);
        if (version == 3 && used > LongestV3) used = LongestV3;
        if (used == interval) return interval;
        var what = version == 2 ? "at whole seconds" : used == LongestV3 ? "at least every 40.95 s" : "at whole centiseconds";
        diagnostics.Warning(DiagnosticCode.AdvertIntervalRounded, word, string.Create(CultureInfo.InvariantCulture,
            $"VRRP version {version} advertises {what}: {used.TotalSeconds:0.##} s is used"));
        return used;
    }

    /// <summary>All of it.</summary>
    public WireConfig Complete(VrrpInstanceDraft instance, bool isV6)
    {
        var own = instance.Wire;
        var peers = Peers(own, isV6);
        if (peers.Count == 0 && !own.FaultsWithoutPeers && (own.Peers.Word ?? own.UnicastWord) is { } unicast)
            diagnostics.Warning(DiagnosticCode.UnicastWithoutPeer, unicast, "without a peer in unicast_peer adverts go by multicast",
                "name the peers, or write unicast_fault_no_peer");
        return new()
        {
            Version = Version(instance, isV6),
            Peers = peers,
            FaultsWithoutPeers = own.FaultsWithoutPeers,
            ChecksUnicastSource = own.ChecksUnicastSource ?? globals.ChecksUnicastSource ?? true,
            UnicastTtl = (byte)(own.UnicastTtl ?? byte.MaxValue),
            TracksSource = own.TracksSource,
            Group = Group(own, isV6),
            Checksum = own.OldUnicastChecksum == true ? ChecksumConfig.OldUnicast
                : own.ChecksumAsV2 ?? globals.ChecksumAsV2 ?? false ? ChecksumConfig.MessageOnly : ChecksumConfig.PseudoHeader,
            TrustsKnownMaster = own.TrustsKnownMaster ?? globals.TrustsKnownMaster ?? false,
            ReceiveBuffer = ReceiveBuffer(own),
            LogsUnknown = globals.LogsUnknown,
        };
    }

    private ReceiveBufferConfig ReceiveBuffer(WireDraft own)
    {
        if (own.ReceiveBuffer is { } bytes) return new(ReceiveBufferUnit.Bytes, bytes);
        return globals.ReceiveBufferUnit switch
        {
            null => ReceiveBufferConfig.Default,
            ReceiveBufferUnit.Bytes => new(ReceiveBufferUnit.Bytes, globals.ReceiveBuffer ?? 0),
            { } unit => new(unit, globals.ReceiveBufferMultiplier ?? DefaultBufferMultiplier),
        };
    }

    private List<UnicastPeerConfig> Peers(WireDraft own, bool isV6)
    {
        var peers = new List<UnicastPeerConfig>();
        foreach (var line in own.Peers.Lines)
        {
            if (line.Address.IsV4 == isV6)
                diagnostics.Error(DiagnosticCode.FamilyMismatch, line.Word,
                    $"{line.Address} is not of the family of the virtual addresses");
            else if (peers.Exists(peer => peer.Address == line.Address))
                diagnostics.Warning(DiagnosticCode.Duplicate, line.Word, $"{line.Address} is a peer already; this line is ignored");
            else if (peers.Count == ConfigLimits.MaxUnicastPeers)
                diagnostics.Error(DiagnosticCode.Limit, line.Word, $"an instance has at most {ConfigLimits.MaxUnicastPeers} peers");
            else peers.Add(new(line.Address, (byte)line.MinTtl, (byte)line.MaxTtl));
        }

        return peers;
    }

    private IpAddress128? Group(WireDraft own, bool isV6)
    {
        if (own.GroupWord is { } word && (isV6 ? own.GroupV6 : own.GroupV4) is null)
            diagnostics.Error(DiagnosticCode.FamilyMismatch, word,
                $"{own.GroupV4 ?? own.GroupV6} is not of the family of the virtual addresses");
        return isV6 ? own.GroupV6 ?? globals.GroupV6 : own.GroupV4 ?? globals.GroupV4;
    }
}
