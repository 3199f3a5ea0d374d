namespace Director.Admin;

/// <summary>What <c>GET /status</c> answers and <c>director status</c> prints: the whole director at one instant.</summary>
internal sealed record StatusDocument
{
    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Main process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The keepalived.conf in force.</summary>
    public required string ConfigFile { get; init; }

    /// <summary>When that configuration was last taken into force, UTC.</summary>
    public required DateTimeOffset ConfiguredAt { get; init; }

    /// <summary>How reloads have gone.</summary>
    public ReloadStatus Reloads { get; init; } = new();

    /// <summary>Seconds since start.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>The virtual routers, in the order of the configuration.</summary>
    public required IReadOnlyList<VrrpStatus> Vrrp { get; init; }

    /// <summary>The sync groups, in the order of the configuration.</summary>
    public IReadOnlyList<SyncGroupStatus> SyncGroups { get; init; } = [];

    /// <summary>VRRP datagrams that were for none of them, by what was wrong with them.</summary>
    public IReadOnlyDictionary<string, long> VrrpUnclaimed { get; init; } = new Dictionary<string, long>();

    /// <summary>What the main process looks at for virtual routers.</summary>
    public IReadOnlyList<TrackedStatus> Trackers { get; init; } = [];

    /// <summary>The BFD sessions, in the order of the configuration.</summary>
    public IReadOnlyList<BfdStatus> Bfd { get; init; } = [];

    /// <summary>Who is told of virtual routers, and how that goes.</summary>
    public IReadOnlyList<NotificationStatus> Notifications { get; init; } = [];

    /// <summary>The virtual services, in the order of the configuration.</summary>
    public required IReadOnlyList<ServiceStatus> Services { get; init; }

    /// <summary>The packet path.</summary>
    public required DatapathStatus Datapath { get; init; }

    /// <summary>What stands in the way, with the command that clears it.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>What the process costs its runtime.</summary>
    public required RuntimeStatus Runtime { get; init; }
}
