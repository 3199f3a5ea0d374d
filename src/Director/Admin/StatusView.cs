using System.Globalization;
using Spectre.Console;

namespace Director.Admin;

/// <summary>A <see cref="StatusDocument"/> for eyes in a terminal.</summary>
internal static class StatusView
{
    /// <summary>Prints the whole of it.</summary>
    public static void Print(StatusDocument status, IAnsiConsole console)
    {
        console.MarkupLineInterpolated(
            $"director {status.Version}, pid {status.ProcessId}, up {Span(status.UptimeSeconds)}, {status.ConfigFile}");
        foreach (var finding in status.Findings) console.MarkupLineInterpolated($"[yellow]! {finding}[/]");
        console.WriteLine();
        if (status.Vrrp.Count > 0) console.Write(Vrrp(status.Vrrp));
        foreach (var service in status.Services) console.Write(Service(service));
        var datapath = status.Datapath;
        console.MarkupLineInterpolated($"Datapath [bold]{datapath.Mode}[/]: {datapath.Why}");
        foreach (var device in datapath.Devices) console.MarkupLineInterpolated($"  {device}");
        if (datapath.Devices.Count > 0) console.MarkupLineInterpolated($"  takes {Vips(datapath.Vips)}");
        console.Write(Counters(datapath.Counters));
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
                Number(instance.VirtualRouterId),
                Number(instance.Priority),
                Text(string.Join(' ', instance.Addresses)),
                Text(instance.Reason));
        }

        return table;
    }

    private static Table Service(ServiceStatus service)
    {
        var persistence = service.PersistenceSeconds is { } seconds ? $" persistent {Span(seconds)}" : "";
        var table = Plain("server", "health", "weight", "mac", "active", "inactive", "persistent", "conns", "packets", "bytes")
            .Title($"[bold]{Markup.Escape($"{service.Key} {service.Scheduler} {service.Forwarding}{persistence}")}[/]");
        foreach (var server in service.Servers)
        {
            var health = (server.Alive, server.InPool) switch
            {
                (true, true) => "[green]up[/]",
                (false, true) => "[red]down[/], in pool",
                (true, false) => "[yellow]up[/], not in pool",
                (false, false) => "[red]down[/]",
            };
            table.AddRow(
                Text(server.Address),
                new Markup(health),
                Number(server.Weight),
                Text(server.Mac ?? "unresolved"),
                Number(server.ActiveConnections),
                Number(server.InactiveConnections),
                Number(server.PersistentConnections),
                Number(server.Traffic.Connections),
                Number(server.Traffic.InPackets),
                Number(server.Traffic.InBytes));
        }

        if (!service.Quorum) table.Caption("[red]quorum lost[/]");
        return table;
    }

    private static Table Counters(IReadOnlyDictionary<string, long> counters)
    {
        var table = Plain("counter", "value");
        foreach (var (name, value) in counters.Where(counter => counter.Value != 0)) table.AddRow(Text(name), Number(value));
        return table;
    }

    private static Table Plain(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns) table.AddColumn(new TableColumn(column).NoWrap());
        return table;
    }

    private static Text Text(string text) => new(text);

    private static Text Number(long number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

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
