using System.Globalization;
using Spectre.Console;

namespace Director.Admin;

/// <summary>The trackers and notifications of a <see cref="StatusDocument"/> for eyes in a terminal.</summary>
internal static class TrackerView
{
    /// <summary>A row each.</summary>
    public static Table Of(IReadOnlyList<TrackedStatus> trackers)
    {
        var table = new Table().Border(TableBorder.Simple).Title("[bold]Trackers[/]");
        foreach (var column in new[] { "tracker", "name", "state", "value", "last seen", "last run", "tracked by" })
            table.AddColumn(new TableColumn(column).NoWrap());
        foreach (var tracker in trackers)
        {
            table.AddRow(
                new Text(tracker.Kind),
                new Text(tracker.Name),
                new Markup(tracker.State switch
                {
                    "UP" => "[green]up[/]",
                    "DOWN" => "[red]down[/]",
                    _ => "not known yet",
                }),
                new Text(tracker.Kind == "File" ? tracker.Value.ToString(CultureInfo.InvariantCulture) : ""),
                new Text(tracker.Detail),
                LastRun(tracker),
                new Text(string.Join(", ", tracker.TrackedBy)));
        }

        return table;
    }

    /// <summary>How it goes with telling others, a row for each way.</summary>
    public static Table Of(IReadOnlyList<NotificationStatus> notifications)
    {
        var table = new Table().Border(TableBorder.Simple).Title("[bold]Notifications[/]");
        foreach (var column in new[] { "told", "pending", "delivered", "failed", "dropped", "last problem" })
            table.AddColumn(new TableColumn(column).NoWrap());
        foreach (var way in notifications)
        {
            table.AddRow(
                new Text(way.Name),
                Cell(way.Pending),
                Cell(way.Delivered),
                Cell(way.Failed),
                Cell(way.Dropped),
                new Text(way.LastProblem ?? ""));
        }

        return table;
    }

    private static Text Cell(long number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

    private static Markup LastRun(TrackedStatus tracker)
    {
        var age = tracker.LastRunSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s ago") : "";
        return tracker.Overdue ? new($"[red]{(age.Length == 0 ? "never" : age)}, overdue[/]") : new(age);
    }
}
