using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Director.Admin;

/// <summary>A <see cref="StatusDocument"/> and its parts for eyes in a terminal.</summary>
internal static class StatusView
{
    /// <summary>The whole of it.</summary>
    public static IRenderable Whole(StatusDocument status)
    {
        var parts = new List<IRenderable>
        {
            Line($"director {status.Version}, pid {status.ProcessId}, up {Span(status.UptimeSeconds)}, {status.ConfigFile}"),
        };
        if (status.Reloads.Last is { } last) parts.Add(Reload(status.Reloads.Generation, last));
        parts.AddRange(status.Findings.Select(finding => Line($"[yellow]! {finding}[/]")));
        parts.Add(Text(""));
        if (status.Vrrp.Count > 0) parts.Add(Vrrp(status.Vrrp));
        if (status.SyncGroups.Count > 0) parts.Add(SyncGroups(status.SyncGroups));
        if (status.Trackers.Count > 0) parts.Add(TrackerView.Of(status.Trackers));
        if (status.Bfd.Count > 0) parts.Add(Bfd(status.Bfd));
        if (status.Notifications.Count > 0) parts.Add(TrackerView.Of(status.Notifications));
        foreach (var service in status.Services)
        {
            parts.Add(Service(service));
            parts.AddRange(CheckView.Of(service));
        }

        parts.AddRange(Datapath(status.Datapath));
        return new Rows(parts);
    }

    /// <summary>The services, with what went to each server and how fast.</summary>
    public static IRenderable Services(IReadOnlyList<ServiceStatus> services) => new Rows(services.Select(Traffic));

    /// <summary>The packet path, with a column for each worker.</summary>
    public static IRenderable Stats(DatapathStatus datapath)
    {
        var (traffic, rates) = (datapath.Estimate.Traffic, datapath.Estimate.Rates);
        return new Rows(
        [
            .. Datapath(datapath),
            Line($"""
                since the zero point: {Number(traffic.Connections)} connections, {Number(traffic.InPackets)} packets and {
                Number(traffic.InBytes)} bytes in, {Number(traffic.OutPackets)} and {Number(traffic.OutBytes)} out
                """),
            Line($"""
                per second: {Number(rates.Connections)} connections, {Number(rates.InPackets)} packets and {
                Number(rates.InBytes)} bytes in, {Number(rates.OutPackets)} and {Number(rates.OutBytes)} out
                """),
        ]);
    }

    private static string Vips(IReadOnlyList<string> vips) =>
        vips is [] ? "no VIP's packets now" : $"the packets of {string.Join(' ', vips)}";

    private static Table Vrrp(IReadOnlyList<VrrpStatus> instances)
    {
        var table = Plain("instance", "state", "since", "interface", "vrid", "priority", "addresses", "why").Title("[bold]VRRP[/]");
        foreach (var instance in instances)
        {
            table.AddRow(
                Text(instance.Name),
                new Markup(StateMarkup(instance.State)),
                Text(instance.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                Text(instance.Interface),
                Cell(instance.VirtualRouterId),
                Cell(instance.Priority),
                Text(string.Join(' ', instance.Addresses)),
                Text(instance.Rival is { } rival ? $"{instance.Reason}; {Words(rival)}" : instance.Reason));
        }

        return table;
    }

    private static Table SyncGroups(IReadOnlyList<SyncGroupStatus> groups)
    {
        var table = Plain("sync group", "state", "since", "members").Title("[bold]Sync groups[/]");
        foreach (var group in groups)
        {
            table.AddRow(
                Text(group.Name),
                new Markup(StateMarkup(group.State)),
                Text(group.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                Text(string.Join(' ', group.Members)));
        }

        return table;
    }

    private static Table Bfd(IReadOnlyList<BfdStatus> sessions)
    {
        var table = Plain("session", "neighbour", "state", "since", "its state", "sent every", "may be silent", "why")
            .Title("[bold]BFD[/]");
        foreach (var session in sessions)
        {
            table.AddRow(
                Text(session.Name),
                Text(session.Neighbor),
                new Markup(session.State == "UP" ? "[green]UP[/]" : $"[red]{Markup.Escape(session.State)}[/]"),
                Text(session.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                Text(session.RemoteState),
                Text(Milliseconds(session.TransmitMilliseconds)),
                Text(Milliseconds(session.DetectionMilliseconds)),
                Text(session.Reason));
        }

        return table;
    }

    private static string Words(RivalStatus rival) =>
        $"another master: {rival.Address}{(rival.Mac.Length > 0 ? $" ({rival.Mac})" : "")}";

    /// <summary>Who its servers are and how they stand.</summary>
    private static Table Service(ServiceStatus service)
    {
        var table = Titled(
            service, "server", "health", "weight", "mac", "active", "inactive", "persistent", "conns", "packets", "bytes");
        foreach (var server in service.Servers)
        {
            table.AddRow(
                Text(server.Address),
                Health(service, server),
                Cell(server.Weight),
                Text(server.Local ? "this host" : server.Mac ?? "unresolved"),
                Cell(server.ActiveConnections),
                Cell(server.InactiveConnections),
                Cell(server.PersistentConnections),
                Cell(server.Traffic.Connections),
                Cell(server.Traffic.InPackets),
                Cell(server.Traffic.InBytes));
        }

        return table;
    }

    /// <summary>What goes to its servers and how fast.</summary>
    private static Table Traffic(ServiceStatus service)
    {
        var table = Titled(
            service, "server", "health", "weight", "active", "inactive", "conns", "packets", "bytes", "conns/s", "pkts/s", "bytes/s");
        foreach (var server in service.Servers)
        {
            table.AddRow(
                Text(server.Address),
                Health(service, server),
                Cell(server.Weight),
                Cell(server.ActiveConnections),
                Cell(server.InactiveConnections),
                Cell(server.Traffic.Connections),
                Cell(server.Traffic.InPackets),
                Cell(server.Traffic.InBytes),
                Cell(server.Estimate.Rates.Connections),
                Cell(server.Estimate.Rates.InPackets),
                Cell(server.Estimate.Rates.InBytes));
        }

        return table;
    }

    private static Table Titled(ServiceStatus service, params string[] columns)
    {
        var persistence = service.PersistenceSeconds is { } seconds ? $" persistent {Span(seconds)}" : "";
        var table = Plain(columns)
            .Title($"[bold]{Markup.Escape($"{service.Key} {service.Scheduler} {service.Forwarding}{persistence}")}[/]");
        if (!service.Quorum)
        {
            var sum = string.Create(CultureInfo.InvariantCulture,
                $"{service.LivingWeight} of {service.QuorumWeight}+{service.Hysteresis}");
            var serves = service.OnSorryServer ? ": the sorry server serves" : service.FailingOpen ? ": all servers serve" : "";
            table.Caption($"[red]quorum lost[/], {sum}{serves}");
        }

        return table;
    }

    private static Markup Health(ServiceStatus service, ServerStatus server) => new((server.Alive, server.InPool) switch
    {
        _ when server.Sorry => service.OnSorryServer ? "[yellow]sorry server[/]" : "sorry server, idle",
        (true, true) => "[green]up[/]",
        (false, true) => "[red]down[/], in pool",
        (true, false) => "[yellow]up[/], not in pool",
        (false, false) => "[red]down[/]",
    });

    private static IEnumerable<IRenderable> Datapath(DatapathStatus datapath)
    {
        yield return Line($"Datapath [bold]{datapath.Mode}[/]: {datapath.Why}");
        foreach (var device in datapath.Devices) yield return Line($"  {device}");
        if (datapath.Devices.Count > 0) yield return Line($"  takes {Vips(datapath.Vips)}");
        yield return Line($"  offload [bold]{datapath.Offload.State}[/]: {datapath.Offload.Why}");
        foreach (var way in datapath.Offload.Ways) yield return Line($"    {way}");
        if (datapath.Offload.Capacity > 0)
            yield return Line($"    {Number(datapath.Offload.Flows)} flows now, room for {Number(datapath.Offload.Capacity)} over IPv4");
        if (datapath.Counters.Count > 0) yield return Counters(datapath);
    }

    /// <summary>What is not zero: the sums, and beside them, if there are several, each worker's own.</summary>
    private static Table Counters(DatapathStatus datapath)
    {
        var workers = datapath.Workers.Count > 1 ? datapath.Workers : [];
        var table = Plain(["counter", "value", .. workers.Select(worker => $"worker {Number(worker.Number)}")]);
        foreach (var (name, value) in datapath.Counters.Where(counter => counter.Value != 0))
        {
            table.AddRow(
            [
                Text(name),
                Cell(value),
                .. workers.Select(worker => worker.Counters.TryGetValue(name, out var own) ? Cell(own) : Text("")),
            ]);
        }

        return table;
    }

    private static Table Plain(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns) table.AddColumn(new TableColumn(column).NoWrap());
        return table;
    }

    private static Text Text(string text) => new(text);

    private static Text Cell(long number) => new(Number(number));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.###} ms");

    private static Markup Line(FormattableString text) => Markup.FromInterpolated(text);

    private static Markup Reload(int generation, LastReload last) => last.Applied
        ? Line($"configuration {generation}, last reload {last.At:u}, {last.Steps} step(s), {last.Seconds * 1000:0} ms")
        : Line($"[yellow]! configuration {generation}: the last reload was refused, {last.At:u}:[/] {last.Why}");

    private static string StateMarkup(string state) => state switch
    {
        "MASTER" => "[green]MASTER[/]",
        "FAULT" => "[red]FAULT[/]",
        _ => Markup.Escape(state),
    };

    private static string Span(double seconds)
    {
        var span = TimeSpan.FromSeconds(seconds);
        return span switch
        {
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
            { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
            { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} d"),
        };
    }
}
