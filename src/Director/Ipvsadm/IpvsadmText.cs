using System.Globalization;
using System.Text;
using Director.Admin;
using Director.Datapath.Stats;
using Director.Net;

namespace Director.Ipvsadm;

/// <summary>
/// Services as ipvsadm 1.31 prints them, byte for byte, blanks at the ends of lines included, so that what reads its output reads this.
/// Addresses are always numbers, as with <c>-n</c>.
/// </summary>
internal static class IpvsadmText
{
    /// <summary>The version is the kernel's IPVS; the size that of its connection table unless told otherwise.</summary>
    private const string Banner = "IP Virtual Server version 1.2.1 (size=4096)\n";

    /// <summary>What <c>-L</c> prints.</summary>
    public static string List(IEnumerable<ServiceStatus> services, IpvsadmRequest request)
    {
        var text = new StringBuilder(request.Service is null ? Banner : "").Append(Title(request.Columns));
        foreach (var service in Ordered(services, request))
        {
            var name = $"{service.Protocol,-4} {service.Address}";
            text.Append(request.Columns switch
            {
                IpvsadmColumns.Stats => $"{name,-33}{Numbers(service.Estimate.Traffic, request)}",
                IpvsadmColumns.Rate => $"{name,-33}{Numbers(service.Estimate.Rates, request)}",
                _ => $"{name} {service.Scheduler}{Options(service)}",
            }).Append('\n');
            foreach (var server in Pool(service, request)) text.Append(Server(service, server, request)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What <c>-S -n</c> prints. Thresholds are not in it.</summary>
    public static string Rules(IEnumerable<ServiceStatus> services, IpvsadmRequest request)
    {
        var text = new StringBuilder();
        foreach (var service in Ordered(services, request))
        {
            var name = $"-{char.ToLowerInvariant(service.Protocol[0])} {service.Address}";
            text.Append(CultureInfo.InvariantCulture, $"-A {name} -s {service.Scheduler}");
            if (service.PersistenceSeconds is { } seconds)
            {
                text.Append(CultureInfo.InvariantCulture, $" -p {seconds:0}");
                if (Mask(service) is { } mask) text.Append(CultureInfo.InvariantCulture, $" -M {mask}");
            }

            if (service.OnePacket) text.Append(" -o");
            if (service.SchedulerFlags.Count > 0) text.Append(" -b ").AppendJoin(',', service.SchedulerFlags);
            text.Append('\n');
            foreach (var server in Pool(service, request))
            {
                var (_, option, more) = Forwarding(server);
                text.Append(CultureInfo.InvariantCulture, $"-a {name} -r {server.Address} {option} -w {server.Weight}{more}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>What <c>-L --timeout</c> prints.</summary>
    public static string Timeouts(TimeoutStatus timeouts) => string.Create(
        CultureInfo.InvariantCulture,
        $"Timeout (tcp tcpfin udp): {timeouts.TcpSeconds:0} {timeouts.TcpFinSeconds:0} {timeouts.UdpSeconds:0}\n");

    /// <summary>A number in nine columns: eight digits and a blank before them, or a letter after them.</summary>
    internal static string Number(long number, bool exact) => (number, exact) switch
    {
        (_, true) => " " + number.ToString(CultureInfo.InvariantCulture).PadLeft(8),
        ( < 100_000_000, _) => Padded(number, 9),
        ( < 1_000_000_000, _) => Padded(number / 1000, 8) + "K",
        ( < 100_000_000_000, _) => Padded(number / 1_000_000, 8) + "M",
        ( < 100_000_000_000_000, _) => Padded(number / 1_000_000_000, 8) + "G",
        _ => Padded(number / 1_000_000_000_000, 8) + "T",
    };

    private static string Title(IpvsadmColumns columns) => columns switch
    {
        IpvsadmColumns.Stats =>
            "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n  -> RemoteAddress:Port\n",
        IpvsadmColumns.Rate =>
            "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS\n  -> RemoteAddress:Port\n",
        IpvsadmColumns.Thresholds =>
            "Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \n  -> RemoteAddress:Port\n",
        IpvsadmColumns.PersistentConnections =>
            "Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \n  -> RemoteAddress:Port\n",
        _ => "Prot LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n",
    };

    private static string Server(ServiceStatus service, ServerStatus server, IpvsadmRequest request)
    {
        var name = $"  -> {server.Address,-28}";
        return request.Columns switch
        {
            IpvsadmColumns.Stats => name + Numbers(server.Estimate.Traffic, request),
            IpvsadmColumns.Rate => name + Numbers(server.Estimate.Rates, request),
            IpvsadmColumns.Thresholds =>
                $"{name} {server.UpperThreshold,-10} {server.LowerThreshold,-10} " +
                $"{server.ActiveConnections,-10} {server.InactiveConnections,-10}",
            IpvsadmColumns.PersistentConnections =>
                $"{name} {server.Weight,-9} {server.PersistentConnections,-11} " +
                $"{server.ActiveConnections,-10} {server.InactiveConnections,-10}",
            _ => $"{name} {Forwarding(server).Name,-7} {server.Weight,-6} " +
                $"{server.ActiveConnections,-10} {server.InactiveConnections,-10}",
        };
    }

    private static string Options(ServiceStatus service)
    {
        var flags = service.SchedulerFlags.Count > 0 ? $" ({string.Join(',', service.SchedulerFlags)})" : "";
        var mask = Mask(service) is { } text ? $" mask {text}" : "";
        var persistent = service.PersistenceSeconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $" persistent {seconds:0}{mask}")
            : "";
        return flags + persistent + (service.OnePacket ? " ops" : "");
    }

    /// <summary>The mask of persistence, if it is not the whole address: dotted for IPv4, a length for IPv6.</summary>
    private static string? Mask(ServiceStatus service)
    {
        var length = service.PersistencePrefixLength;
        if (AddressOf(service.Address).Address.IsV4)
            return length == 32 ? null : IpAddress128.FromV4(uint.MaxValue).Network(length).ToString();
        return length == 128 ? null : length.ToString(CultureInfo.InvariantCulture);
    }

    private static (string Name, string Switch, string More) Forwarding(ServerStatus server) => server.Forwarding switch
    {
        "NAT" => ("Masq", "-m", ""),
        "TUN" => ("Tunnel", "-i", " --tun-type ipip"),
        _ => ("Route", "-g", ""),
    };

    private static string Numbers(ServerTraffic traffic, IpvsadmRequest request) => Numbers(
        request, traffic.Connections, traffic.InPackets, traffic.OutPackets, traffic.InBytes, traffic.OutBytes);

    private static string Numbers(TrafficRates rates, IpvsadmRequest request) => Numbers(
        request, rates.Connections, rates.InPackets, rates.OutPackets, rates.InBytes, rates.OutBytes);

    private static string Numbers(IpvsadmRequest request, params IEnumerable<long> numbers) =>
        string.Concat(numbers.Select(number => Number(number, request.Exact)));

    private static string Padded(long number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width);

    private static IEnumerable<ServiceStatus> Ordered(IEnumerable<ServiceStatus> services, IpvsadmRequest request)
    {
        var wanted = request.Service is { } key ? services.Where(service => service.Key == key.ToString()) : services;
        return request.Sorted
            ? wanted
                .OrderBy(service => !AddressOf(service.Address).Address.IsV4)
                .ThenBy(service => service.Protocol, StringComparer.Ordinal)
                .ThenBy(service => AddressOf(service.Address))
            : wanted;
    }

    private static IEnumerable<ServerStatus> Pool(ServiceStatus service, IpvsadmRequest request)
    {
        var pool = service.Servers.Where(server => server.InPool);
        return request.Sorted ? pool.OrderBy(server => AddressOf(server.Address)) : pool.OrderBy(server => server.PoolPlace);
    }

    private static Endpoint AddressOf(string text) =>
        Endpoint.TryParse(text, out var endpoint) ? endpoint : throw new FormatException($"'{text}' is not address:port");
}
