using System.Globalization;
using Director.Admin;
using Director.Checks;
using Director.Config;
using Director.Hosting;
using Director.Linux.Host;
using Director.Net;
using Director.Notifications;
using Director.Trackers;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>Writes down the state of this moment. Called by the control loop, whose state it reads.</summary>
internal sealed class StatusBuilder(TimeProvider time, IReadOnlyList<HostFinding> findings)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The whole of it.</summary>
    public StatusDocument Build(
        DirectorCore core, IForwarding forwarding, CheckRunner checks, VrrpControl vrrp, IReadOnlyList<TrackerSnapshot> trackers,
        IReadOnlyList<DeliverySnapshot> notifications, ReloadStatus reloads, IConfigSource source)
    {
        var health = checks.Snapshot().ToDictionary(server => server.Key);
        return new()
        {
            Version = ProductVersion.Text,
            ProcessId = Environment.ProcessId,
            ConfigFile = source.Path,
            ConfiguredAt = source.TakenAt,
            Reloads = reloads,
            UptimeSeconds = Math.Round(time.GetElapsedTime(_started).TotalSeconds, 3),
            Vrrp = [.. core.Config.VrrpInstances.Select(instance => Router(instance, vrrp))],
            SyncGroups = [.. core.Config.SyncGroups.Select(group => Group(group, vrrp))],
            VrrpUnclaimed = vrrp.Unclaimed,
            Trackers = [.. trackers.Select(tracker => Tracker(tracker, core.Config))],
            Bfd = [.. core.Config.BfdInstances.Select(session => Session(session, vrrp))],
            Notifications =
            [
                .. notifications.Select(way => new NotificationStatus(
                    way.Name, way.Pending, way.Delivered, way.Failed, way.Dropped, way.LastProblem)),
            ],
            Services = [.. core.Config.VirtualServers.SelectMany(
                service => service.Keys.Select(key => Service(key, service, core, forwarding, health)))],
            Datapath = forwarding.Status(),
            Findings = [.. findings.Select(finding => finding.ToString())],
            Runtime = RuntimeStatus.Read(),
        };
    }

    private static SyncGroupStatus Group(SyncGroupConfig group, VrrpControl vrrp)
    {
        var (state, since) = vrrp.StandingOfGroup(group.Name);
        return new(group.Name, VrrpLines.NameOf(state), since, group.Members);
    }

    private static VrrpStatus Router(VrrpInstanceConfig instance, VrrpControl vrrp)
    {
        var standing = vrrp.StandingOf(instance.Name);
        return new(
            instance.Name,
            instance.Interface,
            instance.VirtualRouterId,
            standing.Report?.EffectivePriority ?? instance.Priority,
            VrrpLines.NameOf(standing.Report?.State ?? VrrpState.Init),
            standing.Report is { } report ? VrrpReasons.Text(report, instance.Interface) : "the VRRP process has not told yet",
            standing.Since,
            [.. instance.AllAddresses()
                .Select(address => string.Create(CultureInfo.InvariantCulture, $"{address.Address}/{address.PrefixLength}"))],
            standing.Counters)
        {
            Version = instance.Wire.Version,
            SentTo = [.. instance.Wire.Peers.Count > 0 || instance.Wire.FaultsWithoutPeers
                ? instance.Wire.Peers.Select(peer => peer.Address.ToString())
                : [VrrpSettings.GroupOf(instance).ToString()]],
            NewMasterReason = VrrpReasons.Text(standing.NewMasterReason),
            LastProtocolError = VrrpReasons.Text(standing.LastProtocolError),
            Rival = standing.Rival is { } rival
                ? new(rival.Source.ToString(), rival.Mac?.ToString() ?? "", rival.Adverts,
                    rival.Ignored == AdvertisementRejection.None ? "" : rival.Ignored.ToString())
                : null,
        };
    }

    private static TrackedStatus Tracker(TrackerSnapshot tracker, DirectorConfig config) => new(
        tracker.Key.Kind.ToString(),
        tracker.Key.Name,
        tracker.Status.Condition.ToString().ToUpperInvariant(),
        tracker.Status.Value,
        tracker.Detail,
        tracker.SinceLastRun is { } age ? Math.Round(age.TotalSeconds, 1) : null,
        tracker.IsOverdue,
        [.. Weights(tracker.Key, config)]);

    private static IEnumerable<string> Weights(TrackerKey key, DirectorConfig config) =>
        from owner in config.VrrpInstances.Select(instance => (instance.Name, instance.Tracks))
            .Concat(config.SyncGroups.Select(sync => (Name: $"group {sync.Name}", sync.Tracks)))
        from track in owner.Tracks
        where TrackerPlan.KeyOf(track) == key
        select string.Create(CultureInfo.InvariantCulture,
            $"{owner.Name}: {(track.Weight == 0 ? "fault" : $"weight {track.Weight}")}{(track.IsReversed ? " reverse" : "")}");

    private BfdStatus Session(BfdInstanceConfig session, VrrpControl vrrp)
    {
        if (vrrp.Bfd.Of(session.Name) is not var (report, since))
        {
            return new(session.Name, session.Neighbor.ToString(), "UNKNOWN", "the VRRP process has not told yet", time.GetUtcNow(), "", 0,
                0, new Dictionary<string, long>());
        }

        return new(
            session.Name,
            session.Neighbor.ToString(),
            report.State.ToString().ToUpperInvariant(),
            BfdReasons.Text(report.State, report.Diagnostic),
            since,
            report.RemoteState.ToString().ToUpperInvariant(),
            report.TransmitInterval.TotalMilliseconds,
            report.DetectionTime.TotalMilliseconds,
            BfdReasons.Text(report.Counters));
    }

    private static ServiceStatus Service(
        ServiceKey key, VirtualServerConfig service, DirectorCore core, IForwarding forwarding,
        Dictionary<RealServerKey, ServerSnapshot> health)
    {
        var pool = core.Pool(service.Key);
        var members = core.Members(service, key).Select((member, place) => (member.Endpoint, member.Weight, Place: place))
            .ToDictionary(member => member.Endpoint, member => (member.Weight, member.Place));
        var load = forwarding.LoadOf(key);
        return new(
            key.ToString(),
            key.Protocol.ToString().ToUpperInvariant(),
            key.Virtual.ToHostPort(),
            service.Scheduler,
            MethodName.Of(service.Method),
            service.PersistenceTimeout?.TotalSeconds,
            service.PersistencePrefixLength,
            pool.HasQuorum,
            load.Traffic,
            load.Estimate,
            [.. service.AllServers.DistinctBy(server => server.Endpoint)
                .Select(server => Server(key, service, server, pool, members, core, forwarding, health))])
        {
            SchedulerFlags = [.. FlagNames(service)],
            OnePacket = service.IsOnePacket,
            OnSorryServer = pool.IsOnSorryServer,
            FailingOpen = pool.IsFailingOpen,
            LivingWeight = pool.LivingWeight,
            QuorumWeight = service.Quorum,
            Hysteresis = service.Hysteresis,
        };
    }

    private static CheckStatus Check(CheckSnapshot check) => new(
        check.Settings.Probe.Keyword,
        check.IsUp,
        check.HasRun,
        check.LastReason,
        check.Failures,
        check.Settings.Retries,
        check.Attempts,
        check.SinceLastRun is { } age ? Math.Round(age.TotalSeconds, 1) : null,
        check.LastDuration is { } took ? Math.Round(took.TotalMilliseconds, 3) : null,
        check.Settings.Probe.IsTold ? null : Math.Round(Math.Max(check.UntilNextRun.TotalSeconds, 0), 1),
        check.IsOverdue,
        check.IsSuspended,
        check.Servers);

    /// <summary>ipvsadm's names (ipvsadm(8), <c>--sched-flags</c>).</summary>
    private static IEnumerable<string> FlagNames(VirtualServerConfig service)
    {
        var hashes = service.Scheduler is "sh" or "mh";
        if (service.SchedulerFlags.HasFlag(SchedulerFlagsConfig.Flag1)) yield return hashes ? $"{service.Scheduler}-fallback" : "flag-1";
        if (service.SchedulerFlags.HasFlag(SchedulerFlagsConfig.Flag2)) yield return hashes ? $"{service.Scheduler}-port" : "flag-2";
        if (service.SchedulerFlags.HasFlag(SchedulerFlagsConfig.Flag3)) yield return "flag-3";
    }

    private static ServerStatus Server(
        ServiceKey key, VirtualServerConfig service, RealServerConfig server, ServicePool pool,
        Dictionary<Endpoint, (int Weight, int Place)> members,
        DirectorCore core, IForwarding forwarding, Dictionary<RealServerKey, ServerSnapshot> health)
    {
        var endpoint = server.Endpoint;
        var shown = server.EndpointAt(key.Virtual.Port);
        var load = forwarding.LoadOf(key, shown);
        var lastRun = health.TryGetValue(new(service.Key, endpoint), out var status)
            ? status.Checks.Max(check => check.SinceLastRun)
            : null;
        return new(
            shown.ToHostPort(),
            members.GetValueOrDefault(endpoint).Weight,
            pool.IsAlive(endpoint),
            members.TryGetValue(endpoint, out var member) ? member.Place : null,
            core.NextHops.Find(endpoint.Address)?.Destination.ToString(),
            load.ActiveConnections,
            load.InactiveConnections,
            load.PersistentConnections,
            load.Traffic,
            load.Estimate,
            lastRun is { } age ? Math.Round(age.TotalSeconds, 1) : null)
        {
            Local = core.NextHops.Own.Contains(endpoint.Address),
            Sorry = ReferenceEquals(server, service.SorryServer),
            Forwarding = MethodName.Of(server.Method),
            UpperThreshold = server.UpperThreshold,
            LowerThreshold = server.LowerThreshold,
            Checks = [.. (status?.Checks ?? []).Select(Check)],
        };
    }
}
