using System.CommandLine;
using Director.Admin;

namespace Director.Commands;

/// <summary>The commands that show what a running director is doing.</summary>
internal static class StateCommands
{
    /// <summary><c>director status</c>: the whole of it.</summary>
    public static Command Status() => WatchedCommand.Create(
        "status",
        "Show what a running director is doing",
        (socket, cancellation) => socket.StatusAsync(cancellation),
        StatusJson.Default.StatusDocument,
        StatusView.Whole);

    /// <summary><c>director services</c>: virtual services, their servers, what went to each and how fast.</summary>
    public static Command Services() => WatchedCommand.Create(
        "services",
        "Show the virtual services and their servers: health, connections, traffic, rates",
        (socket, cancellation) => socket.ServicesAsync(cancellation),
        StatusJson.Default.IReadOnlyListServiceStatus,
        StatusView.Services);

    /// <summary><c>director stats</c>: the packet path and its counters, by worker.</summary>
    public static Command Stats() => WatchedCommand.Create(
        "stats",
        "Show what the packet path has counted, by worker and by reason of drops",
        (socket, cancellation) => socket.StatsAsync(cancellation),
        StatusJson.Default.DatapathStatus,
        StatusView.Stats);
}
