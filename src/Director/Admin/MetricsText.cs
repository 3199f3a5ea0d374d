using System.Globalization;
using Director.Datapath.Stats;
using Prometheus;

namespace Director.Admin;

/// <summary>
/// A <see cref="StatusDocument"/> in Prometheus's text format, made whole for each question, so that what is no longer there is no longer
/// told. Counters count from the start of the director, or from when their service or server came into force; <c>ipvsadm -Z</c> leaves
/// them alone.
/// </summary>
internal sealed class MetricsText
{
    private const string DropPrefix = "drop.";

    /// <summary>Of the VRRP counters the one that is a maximum.</summary>
    private const string AdvertLateness = "maxAdvertLatenessMicroseconds";

    private static readonly string[] ServiceLabels = ["service"];
    private static readonly string[] ServerLabels = ["service", "server"];
    private static readonly string[] CheckLabels = ["service", "server", "check"];
    private static readonly string[] InstanceLabels = ["instance"];
    private static readonly string[] TrackerLabels = ["kind", "name"];
    /// <summary>Of the BFD counters the one that is a maximum.</summary>
    private const string PacketLateness = "maxLatenessMicroseconds";

    private static readonly string[] SessionLabels = ["session"];
    private static readonly string[] WorkerLabels = ["worker"];

    private readonly MetricFactory _metrics;

    private MetricsText(CollectorRegistry registry) => _metrics = Metrics.WithCustomRegistry(registry);

    /// <summary>Writes the whole of it.</summary>
    public static Task WriteAsync(StatusDocument status, Stream destination, CancellationToken cancellation)
    {
        var registry = Metrics.NewCustomRegistry();
        var text = new MetricsText(registry);
        text.AddDirector(status);
        foreach (var instance in status.Vrrp) text.AddInstance(instance);
        foreach (var tracker in status.Trackers) text.AddTracker(tracker);
        foreach (var session in status.Bfd) text.AddSession(session);
        foreach (var way in status.Notifications) text.AddNotifications(way);
        foreach (var service in status.Services) text.AddService(service);
        text.AddDatapath(status.Datapath);
        return registry.CollectAndExportAsTextAsync(destination, cancellation);
    }

    private void AddDirector(StatusDocument status)
    {
        Gauge("director_info", "Always 1; the version and how packets are taken.", ["version", "datapath"])
            .WithLabels(status.Version, status.Datapath.Mode).Set(1);
        Gauge("director_uptime_seconds", "Time since the director's start.", []).Set(status.UptimeSeconds);
        Gauge("director_configured_timestamp_seconds", "When the configuration in force was taken, Unix time.", [])
            .Set(status.ConfiguredAt.ToUnixTimeMilliseconds() / 1000.0);
        Gauge("director_configuration_generation", "Which configuration is in force: that of the start is 1.", [])
            .Set(status.Reloads.Generation);
        var reloads = Counter("director_reloads_total", "Reloads, by what came of them.", ["result"]);
        reloads.WithLabels("applied").IncTo(status.Reloads.Applied);
        reloads.WithLabels("refused").IncTo(status.Reloads.Refused);
        if (status.Reloads.Last is { } last)
        {
            Gauge("director_last_reload_timestamp_seconds", "When the last reload ended, Unix time.", [])
                .Set(last.At.ToUnixTimeMilliseconds() / 1000.0);
            Gauge("director_last_reload_applied", "1 if the last reload was applied, 0 if it was refused.", []).Set(last.Applied ? 1 : 0);
            Gauge("director_last_reload_seconds", "How long it took, from the first look at the file.", []).Set(last.Seconds);
        }

        Gauge("director_findings", "What stands in the way on this host; status says what.", []).Set(status.Findings.Count);
        Counter("director_allocated_bytes_total", "Bytes taken on the managed heap.", []).IncTo(status.Runtime.AllocatedBytes);
        Gauge("director_heap_bytes", "Bytes in use on the managed heap.", []).Set(status.Runtime.HeapBytes);
        foreach (var (name, value) in status.VrrpUnclaimed)
            Counter("director_vrrp_unclaimed_total", "VRRP datagrams that were for no virtual router here.", ["event"])
                .WithLabels(name).IncTo(value);
        Counter("director_collections_total", "Garbage collections.", []).IncTo(status.Runtime.Collections);
        Counter("director_paused_seconds_total", "Time that garbage collections have stopped the process for.", [])
            .IncTo(status.Runtime.PausedSeconds);
    }

    private void AddInstance(VrrpStatus instance)
    {
        Gauge("director_vrrp_master", "1 while this director is the virtual router's master.", InstanceLabels)
            .WithLabels(instance.Name).Set(instance.State == "MASTER" ? 1 : 0);
        Gauge("director_vrrp_fault", "1 while the virtual router is in fault.", InstanceLabels)
            .WithLabels(instance.Name).Set(instance.State == "FAULT" ? 1 : 0);
        Gauge("director_vrrp_priority", "Effective priority, 1-255.", InstanceLabels).WithLabels(instance.Name).Set(instance.Priority);
        Gauge("director_vrrp_rival", "1 while another master advertises the virtual router as well.", InstanceLabels)
            .WithLabels(instance.Name).Set(instance.Rival is null ? 0 : 1);
        foreach (var (name, value) in instance.Counters)
        {
            if (name == AdvertLateness)
            {
                Gauge("director_vrrp_advertisement_lateness_max_seconds", "The latest that an advertisement went out.", InstanceLabels)
                    .WithLabels(instance.Name).Set(value / 1e6);
                continue;
            }

            Counter("director_vrrp_events_total", "Counters of the virtual router, by name.", ["instance", "event"])
                .WithLabels(instance.Name, name).IncTo(value);
        }
    }

    private void AddTracker(TrackedStatus tracker)
    {
        string[] labels = [tracker.Kind.ToLowerInvariant(), tracker.Name];
        Gauge("director_tracker_up", "1 while what virtual routers track is well, or is a file that is read.", TrackerLabels)
            .WithLabels(labels).Set(tracker.State == "UP" ? 1 : 0);
        Gauge("director_tracker_overdue", "1 while no run of a tracked script has ended for three of its periods.", TrackerLabels)
            .WithLabels(labels).Set(tracker.Overdue ? 1 : 0);
        if (tracker.Kind == "File")
            Gauge("director_tracker_value", "The number in a tracked file.", TrackerLabels).WithLabels(labels).Set(tracker.Value);
    }

    private void AddSession(BfdStatus session)
    {
        Gauge("director_bfd_up", "1 while the BFD session is up.", SessionLabels)
            .WithLabels(session.Name).Set(session.State == "UP" ? 1 : 0);
        Gauge("director_bfd_detection_seconds", "How long the neighbour may be silent; 0 if it was not heard.", SessionLabels)
            .WithLabels(session.Name).Set(session.DetectionMilliseconds / 1e3);
        foreach (var (name, value) in session.Counters)
        {
            if (name == PacketLateness)
            {
                Gauge("director_bfd_packet_lateness_max_seconds", "The latest that a BFD packet went out.", SessionLabels)
                    .WithLabels(session.Name).Set(value / 1e6);
                continue;
            }

            Counter("director_bfd_events_total", "Counters of the BFD session, by name.", ["session", "event"])
                .WithLabels(session.Name, name).IncTo(value);
        }
    }

    private void AddNotifications(NotificationStatus way)
    {
        Gauge("director_notifications_pending", "Notifications that wait or are under way.", ["way"]).WithLabels(way.Name).Set(way.Pending);
        var total = Counter("director_notifications_total", "Notifications by what became of them.", ["way", "outcome"]);
        total.WithLabels(way.Name, "delivered").IncTo(way.Delivered);
        total.WithLabels(way.Name, "failed").IncTo(way.Failed);
        total.WithLabels(way.Name, "dropped").IncTo(way.Dropped);
    }

    private void AddService(ServiceStatus service)
    {
        var name = $"{service.Protocol.ToLowerInvariant()}:{service.Address}";
        Gauge("director_service_quorum", "1 while enough weight is alive.", ServiceLabels).WithLabels(name).Set(service.Quorum ? 1 : 0);
        Gauge("director_service_on_sorry_server", "1 while the sorry server serves instead of the real servers.", ServiceLabels)
            .WithLabels(name).Set(service.OnSorryServer ? 1 : 0);
        Gauge("director_service_failing_open", "1 while all real servers are down and serve nevertheless.", ServiceLabels)
            .WithLabels(name).Set(service.FailingOpen ? 1 : 0);
        Gauge("director_service_living_weight", "The weights of servers that are up, added up.", ServiceLabels)
            .WithLabels(name).Set(service.LivingWeight);
        AddTraffic("service", ServiceLabels, [name], service.Traffic);
        foreach (var server in service.Servers) AddServer([name, server.Address], server);
    }

    private void AddServer(string[] labels, ServerStatus server)
    {
        Gauge("director_server_alive", "1 while the server's checks hold it up.", ServerLabels)
            .WithLabels(labels).Set(server.Alive ? 1 : 0);
        Gauge("director_server_in_pool", "1 while the scheduler sees the server.", ServerLabels)
            .WithLabels(labels).Set(server.InPool ? 1 : 0);
        Gauge("director_server_weight", "Weight in force; 0 takes no new connection.", ServerLabels).WithLabels(labels).Set(server.Weight);
        Gauge("director_server_active_connections", "Active connections, as IPVS counts them.", ServerLabels)
            .WithLabels(labels).Set(server.ActiveConnections);
        Gauge("director_server_inactive_connections", "Inactive connections, as IPVS counts them.", ServerLabels)
            .WithLabels(labels).Set(server.InactiveConnections);
        Gauge("director_server_persistent_connections", "Persistence templates that lead to the server.", ServerLabels)
            .WithLabels(labels).Set(server.PersistentConnections);
        AddTraffic("server", ServerLabels, labels, server.Traffic);
        for (var i = 0; i < server.Checks.Count; i++)
            AddCheck([.. labels, string.Create(CultureInfo.InvariantCulture, $"{server.Checks[i].Kind} {i + 1}")], server.Checks[i]);
    }

    private void AddCheck(string[] labels, CheckStatus check)
    {
        Gauge("director_check_up", "1 while the check passes.", CheckLabels).WithLabels(labels).Set(check.Passes ? 1 : 0);
        Gauge("director_check_overdue", "1 while no result of the check has come for three of its periods.", CheckLabels)
            .WithLabels(labels).Set(check.Overdue ? 1 : 0);
        Counter("director_check_attempts_total", "Attempts that have ended.", CheckLabels).WithLabels(labels).IncTo(check.Attempts);
        if (check.LastMilliseconds is { } took)
        {
            Gauge("director_check_duration_seconds", "How long the last attempt took.", CheckLabels)
                .WithLabels(labels).Set(took / 1e3);
        }
    }

    private void AddTraffic(string of, string[] names, string[] labels, ServerTraffic traffic)
    {
        Counter($"director_{of}_connections_total", "Connections scheduled.", names).WithLabels(labels).IncTo(traffic.Connections);
        string[] directed = [.. names, "direction"];
        var packets = Counter($"director_{of}_packets_total", "Packets from clients (in) and to them (out).", directed);
        packets.WithLabels([.. labels, "in"]).IncTo(traffic.InPackets);
        packets.WithLabels([.. labels, "out"]).IncTo(traffic.OutPackets);
        var bytes = Counter($"director_{of}_bytes_total", "Bytes of IP packets from clients (in) and to them (out).", directed);
        bytes.WithLabels([.. labels, "in"]).IncTo(traffic.InBytes);
        bytes.WithLabels([.. labels, "out"]).IncTo(traffic.OutBytes);
    }

    private void AddDatapath(DatapathStatus datapath)
    {
        Gauge("director_offload", "1 while the XDP program may forward established connections by all, or some, devices.", ["state"])
            .WithLabels(datapath.Offload.State).Set(datapath.Offload.State is "on" or "partly" ? 1 : 0);
        Gauge("director_offload_flows", "Flows that the XDP program forwards now.", []).Set(datapath.Offload.Flows);
        Gauge("director_offload_capacity", "IPv4 flows that its table has room for.", []).Set(datapath.Offload.Capacity);
        foreach (var worker in datapath.Workers)
            foreach (var (name, value) in worker.Counters) AddWorker(worker.Number.ToString(CultureInfo.InvariantCulture), name, value);
        var ofWorkers = datapath.Workers.SelectMany(worker => worker.Counters.Keys).ToHashSet();
        foreach (var (name, value) in datapath.Counters.Where(counter => !ofWorkers.Contains(counter.Key)))
        {
            if (name == "templates")
            {
                Gauge("director_templates", "Persistence templates held, all services together.", []).Set(value);
                continue;
            }

            Counter("director_steering_events_total", "Counters of what takes frames from the devices, by name.", ["event"])
                .WithLabels(name).IncTo(value);
        }
    }

    private void AddWorker(string worker, string name, long value)
    {
        if (name == "connections")
        {
            Gauge("director_worker_connections", "Connections that the worker remembers.", WorkerLabels).WithLabels(worker).Set(value);
        }
        else if (name.StartsWith(DropPrefix, StringComparison.Ordinal))
        {
            Counter("director_worker_drops_total", "Frames dropped, by reason.", ["worker", "reason"])
                .WithLabels(worker, name[DropPrefix.Length..]).IncTo(value);
        }
        else
        {
            Counter("director_worker_events_total", "Other counters of the worker, its sockets and the kernel for them, by name.",
                ["worker", "event"]).WithLabels(worker, name).IncTo(value);
        }
    }

    private Gauge Gauge(string name, string help, string[] labels) => _metrics.CreateGauge(name, help, labels);

    private Counter Counter(string name, string help, string[] labels) => _metrics.CreateCounter(name, help, labels);
}
