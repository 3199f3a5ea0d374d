using Director.Admin;
using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Conformance.Replay;

/// <summary>A service as the status document has it, from which <c>director ipvsadm</c> prints.</summary>
internal static class ShownService
{
    public static ServiceStatus Of(VirtualServiceSpec spec, ForwardingTable table)
    {
        var service = table.Find(spec.Key) ?? throw new ArgumentException($"the table has no {spec.Key}", nameof(table));
        return new(
            spec.Key.ToString(),
            spec.Key.Protocol.ToString().ToUpperInvariant(),
            spec.Key.Virtual.ToHostPort(),
            spec.Scheduler,
            "DR",
            spec.PersistenceTimeout?.TotalSeconds,
            spec.PersistencePrefixLength,
            true,
            table.ReadTraffic(service),
            TrafficEstimator.Of(service),
            [.. spec.Servers.Select((server, place) => Server(spec, server, place, table))])
        {
            OnePacket = spec.IsOnePacket,
            SchedulerFlags = [.. Flags(spec)],
        };
    }

    private static ServerStatus Server(VirtualServiceSpec spec, RealServerSpec server, int place, ForwardingTable table)
    {
        var state = table.Find(new RealServerKey(spec.Key, server.Endpoint))!;
        return new(server.Endpoint.ToHostPort(), server.Weight, true, place, null, state.ActiveConnections, state.InactiveConnections,
            state.PersistentConnections, state.ReadTraffic(), TrafficEstimator.Of(state), null)
        {
            Forwarding = server.Method switch
            {
                ForwardingMethod.Masquerading => "NAT",
                ForwardingMethod.Tunnel => "TUN",
                _ => "DR",
            },
            UpperThreshold = server.Thresholds.Upper,
            LowerThreshold = server.Thresholds.Lower,
        };
    }

    private static IEnumerable<string> Flags(VirtualServiceSpec spec)
    {
        if ((spec.SchedulerFlags & SchedulerFlags.Fallback) != 0) yield return $"{spec.Scheduler}-fallback";
        if ((spec.SchedulerFlags & SchedulerFlags.Port) != 0) yield return $"{spec.Scheduler}-port";
    }
}
