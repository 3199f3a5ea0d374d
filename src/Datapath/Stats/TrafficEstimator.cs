using Director.Datapath.Tables;
using Director.Net;

namespace Director.Datapath.Stats;

/// <summary>
/// The meters of all servers and services and of the whole, which tick together. To be called by the thread that builds tables: meters
/// belong to the servers and services, which outlive a table.
/// </summary>
public sealed class TrafficEstimator
{
    private readonly TrafficMeter _whole = new();
    private ServerTraffic _sum;

    /// <summary>Time between calls of <see cref="Tick"/>.</summary>
    public static TimeSpan Period => TrafficMeter.Period;

    /// <summary>All services together, those that are gone included.</summary>
    public TrafficEstimate Whole => _whole.Shown;

    /// <summary>A service of a table.</summary>
    public static TrafficEstimate Of(VirtualService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.State.Meter.Shown;
    }

    /// <summary>A server of a table.</summary>
    public static TrafficEstimate Of(RealServerState server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Meter.Shown;
    }

    /// <summary>Takes in what has come since the tick before. Servers that no service lists stand still, as in the kernel.</summary>
    public void Tick(ForwardingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (var server in table.Servers)
        {
            var sum = server.SumTraffic();
            _sum += sum - server.Totalled;
            server.Totalled = sum;
            if (table.IsAvailable(server)) server.Meter.Tick(sum);
        }

        foreach (var service in table.Services) service.State.Meter.Tick(table.ReadTraffic(service));
        _whole.Tick(_sum);
    }

    /// <summary>
    /// Counts from the last tick on: one service and its servers, or all of them and the whole. False if there is no such service.
    /// </summary>
    public bool Zero(ForwardingTable table, ServiceKey? only)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (only is { } key)
        {
            if (table.Find(key) is not { } service) return false;
            Zero(service);
            return true;
        }

        foreach (var service in table.Services) Zero(service);
        _whole.Zero();
        return true;
    }

    private static void Zero(VirtualService service)
    {
        service.State.Meter.Zero();
        foreach (ref readonly var server in service.Pool.Servers) server.State.Meter.Zero();
    }
}
