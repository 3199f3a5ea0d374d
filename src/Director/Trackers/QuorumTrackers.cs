using Director.Config;
using Director.Control;
using Director.Net;
using Director.Vrrp;

namespace Director.Trackers;

/// <summary>Tells the virtual routers that track virtual servers whether these have their quorums. The control loop's own.</summary>
internal sealed class QuorumTrackers(Action<TrackerKey, TrackerStatus> report)
{
    private readonly Dictionary<TrackerKey, bool> _told = [];
    private DirectorConfig? _config;
    private IReadOnlyList<(TrackerKey Key, ServiceKey Service)> _tracked = [];

    /// <summary>Tells what has changed since the last time. Costs what is tracked, not what is configured.</summary>
    public void Tell(DirectorCore core)
    {
        if (!ReferenceEquals(_config, core.Config)) Configure(core.Config);
        foreach (var (key, service) in _tracked)
        {
            var hasQuorum = core.Pool(service).HasQuorum;
            if (_told.TryGetValue(key, out var told) && told == hasQuorum) continue;
            _told[key] = hasQuorum;
            report(key, hasQuorum ? TrackerStatus.Up : TrackerStatus.Down);
        }
    }

    /// <summary>What was told.</summary>
    public IEnumerable<TrackerSnapshot> Snapshot() => _told.Select(told => told.Value
        ? new TrackerSnapshot(told.Key, TrackerStatus.Up, "quorum", null, false)
        : new TrackerSnapshot(told.Key, TrackerStatus.Down, "no quorum", null, false));

    private void Configure(DirectorConfig config)
    {
        _config = config;
        var names = config.VrrpInstances.SelectMany(instance => instance.Tracks)
            .Concat(config.SyncGroups.SelectMany(group => group.Tracks))
            .Where(track => track.Kind == TrackedKind.VirtualServer).Select(track => track.Name).ToHashSet();
        _tracked =
        [
            .. from service in config.VirtualServers
               let name = service.Key.ToString()
               where names.Contains(name)
               select (new TrackerKey(TrackerKind.VirtualServer, name), service.Key),
        ];
        foreach (var gone in _told.Keys.Except(_tracked.Select(tracked => tracked.Key)).ToList()) _told.Remove(gone);
    }
}
