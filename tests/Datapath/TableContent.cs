using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath;

/// <summary>All that a forwarding table says, as lines to compare.</summary>
internal static class TableContent
{
    /// <summary>All of it, in order.</summary>
    public static IEnumerable<string> Of(ForwardingTable table) =>
    [
        .. table.Services.Select(service => $"{Settings(table, service)}: {string.Join(", ", Servers(service).Select(One))}"),
        .. table.Servers.Where(server => !table.IsAvailable(server)).Select(server => $"left: {server}").Order(StringComparer.Ordinal),
        .. table.Steered.Select(key => $"steered {key}").Distinct().Order(StringComparer.Ordinal),
        .. table.Masqueraded.Select(server => $"answers {server}").Distinct().Order(StringComparer.Ordinal),
        $"masquerades {table.Masquerades}",
        .. table.Servers.Select(server => $"server {Entry(table, server)}").Order(StringComparer.Ordinal),
    ];

    /// <summary>What does not depend on how the table came about: orders, and what has left, do.</summary>
    public static IEnumerable<string> Listed(ForwardingTable table) =>
    [
        .. table.Services.Select(service => Settings(table, service) + ": "
            + string.Join(", ", Servers(service).Select(server => $"{server.State.Key} {server.Weight} {server.Thresholds}").Order())),
        .. table.Services.SelectMany(service => service.Masqueraded).Select(server => $"answers {server}").Distinct().Order(),
        .. table.Servers.Where(table.IsAvailable).Select(server => $"server {Entry(table, server)}").Order(StringComparer.Ordinal),
    ];

    private static PooledServer[] Servers(VirtualService service) => service.Pool.Servers.ToArray();

    private static string One(PooledServer server) =>
        $"{server.State.Key.Server} {server.Weight} {server.LastWeight} {server.Thresholds}";

    private static string Settings(ForwardingTable table, VirtualService service)
    {
        var (key, pair) = (service.Key, table.FindAddress(service.VirtualAddress));
        var isFound = ReferenceEquals(table.Find(key), service) && ReferenceEquals(table.FindService(key.Protocol, key.Virtual), service);
        var isNumbered = table.FindAddress(key.Protocol, key.Virtual.Address) == service.VirtualAddress
            && pair == (key.Protocol, key.Virtual.Address);
        return $"{key} {service.SchedulerName} {service.SchedulerFlags} {service.PersistenceTimeout} {service.PersistencePrefixLength} "
            + $"found {isFound} numbered {isNumbered}";
    }

    private static string Entry(ForwardingTable table, RealServerState server)
    {
        var entry = table.Server(server.Id);
        var isNumbered = server.Nat is not { } nat
            || table.FindServerAddress(server.Key.Service.Protocol, server.Key.Server.Address) is var number
            && (number == nat.Number || (number == 0 && !ServesFamilyOf(table, server.Key.Server.Address)));
        return $"{server} itself {ReferenceEquals(table.Find(server.Key), server)} {ReferenceEquals(table.Find(server.Id), server)} "
            + $"{entry.Id == server.Id} {ReferenceEquals(entry.Traffic, server.Traffic)} available {entry.IsAvailable} "
            + $"weight {entry.Weight} local {entry.IsLocal} resolved {entry.IsResolved} {entry.MacsLow:x} {entry.MacsHigh:x} "
            + $"mtu {entry.Mtu} by {entry.Egress} vlan {entry.Vlan} from {entry.Own} tunnel {entry.Tunnel is not null} "
            + $"masqueraded {entry.IsMasqueraded} numbered {isNumbered}";
    }

    private static bool ServesFamilyOf(ForwardingTable table, IpAddress128 address) =>
        table.Services.Any(service => service.Key.Virtual.Address.IsV4 == address.IsV4);
}
