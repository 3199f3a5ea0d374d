using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// A line of <c>virtual_routes</c> or <c>static_routes</c>: <c>[src IP] [to] NETWORK [via IP] [dev IF] …</c>, words in any order
/// (keepalived.conf(5), after ip-route(8)).
/// </summary>
internal static class RouteLine
{
    public static readonly Grammar<RoutesDraft> Grammar = new(Bind);

    private const byte MaxTransmissionUnit = 2;
    private const byte MaxSegment = 8;
    private const byte Features = 12;

    /// <summary>Linux include/net/tcp.h <c>TCP_CA_NAME_MAX</c> less its NUL.</summary>
    private const int LongestCongestionControl = 15;

    private static readonly Dictionary<string, RouteKind> Kinds = Enum.GetValues<RouteKind>()
        .ToDictionary(kind => kind.ToString().ToLowerInvariant());

    /// <summary>Metrics by the numbers of Linux include/uapi/linux/rtnetlink.h, and what a millisecond is in the kernel's unit.</summary>
    private static readonly Dictionary<string, (byte Id, uint UnitsPerMillisecond)> Metrics = new(StringComparer.Ordinal)
    {
        ["mtu"] = (MaxTransmissionUnit, 0), ["window"] = (3, 0), ["rtt"] = (4, 8), ["rttvar"] = (5, 4), ["ssthresh"] = (6, 0),
        ["cwnd"] = (7, 0), ["advmss"] = (MaxSegment, 0), ["reordering"] = (9, 0), ["hoplimit"] = (10, 0), ["initcwnd"] = (11, 0),
        ["rto_min"] = (13, 1), ["initrwnd"] = (14, 0), ["quickack"] = (15, 0), ["fastopen_no_cookie"] = (17, 0),
    };

    private static readonly Argument<uint> Time = new MillisecondsArgument();
    private static readonly Argument<int> Weight = Take.Integer(1, 256);
    private static readonly Argument<byte> Preference = Take.OneOf(("low", (byte)3), ("medium", (byte)0), ("high", (byte)1));

    /// <summary>Linux include/uapi/linux/rtnetlink.h <c>RTAX_FEATURE_ECN</c>.</summary>
    private static readonly Argument<uint> Feature = Take.OneOf(("ecn", 1u));

    private static readonly Argument<string> CongestionControl = Take.Text("the name of a congestion control");

    /// <summary>Words that would make it another route than can be set, and why.</summary>
    private static readonly Dictionary<string, (string Why, string? Remedy)> Refused = new(StringComparer.Ordinal)
    {
        ["encap"] = ("no route is set that wraps packets up", "route to the interface of a tunnel"),
        ["as"] = ("no route of MPLS is set", null),
        ["ttl-propagate"] = ("no route of MPLS is set", null),
        ["vrf"] = ("which table a VRF has is not known when this is read", "write 'table' and its number"),
    };

    private static readonly Dictionary<string, RoutePlacement> Placements = new(StringComparer.Ordinal)
    {
        ["prepend"] = RoutePlacement.First, ["append"] = RoutePlacement.Last, ["add"] = RoutePlacement.Alone,
    };

    private static readonly string[] Options =
    [
        "src", "from", "to", "via", "gw", "or", "dev", "oif", "tos", "dsfield", "table", "protocol", "scope", "metric", "preference",
        "onlink", "pref", "nexthop", "no_track", "track_group", "realms", "congctl", "expires",
        "features", .. Kinds.Keys, .. Metrics.Keys, .. Placements.Keys, .. Refused.Keys,
    ];

    private static void Bind(Statement statement, RoutesDraft routes, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics, first: 0);
        var draft = new Draft();
        while (reader.Take() is { } word)
        {
            if (!TryBind(word, draft, routes, reader)) return;
        }

        if (Complete(draft, statement, diagnostics) is not { } route) return;
        if (draft.TrackGroup is { } group)
        {
            if (route.IsTracked) routes.Tracked.Add(new(group, route.Device));
            else diagnostics.Warning(DiagnosticCode.Conflict, group, "'track_group' has no effect beside 'no_track'");
        }

        if (routes.Lines.Count < ConfigLimits.MaxRoutes) routes.Lines.Add(route);
        else diagnostics.Error(DiagnosticCode.Limit, statement.Words[0], $"a block has at most {ConfigLimits.MaxRoutes} routes");
    }

    private static bool TryBind(Word word, Draft draft, RoutesDraft routes, ArgumentReader reader)
    {
        if (Metrics.TryGetValue(word.Text, out var metric)) return TryBindMetric(draft, metric.Id, metric.UnitsPerMillisecond, reader);
        if (Kinds.TryGetValue(word.Text, out var kind))
        {
            draft.Route = draft.Route with { Kind = kind };
            return true;
        }

        if (Placements.TryGetValue(word.Text, out var placement))
        {
            draft.Route = draft.Route with { Placement = placement };
            return true;
        }

        switch (word.Text)
        {
            case "to": return reader.TryTake(PrefixArgument.Instance, out var to) && draft.SetDestination(to);
            case "from": return reader.TryTake(PrefixArgument.Instance, out var from) && draft.SetSource(from);
            case "src": return Set(reader, Take.Address, draft, (route, source) => route with { PreferredSource = source });
            case "via" or "gw": return TryTakeGateway(reader, out var via) && draft.SetGateway(via);
            case "or": return TryTakeGateway(reader, out var other) && draft.AddHop(other);
            case "dev" or "oif": return Set(reader, Take.Interface, draft, (route, name) => route with { Device = name });
            case "tos" or "dsfield":
                return Set(reader, RoutingArguments.TypeOfService, draft, (route, tos) => route with { TypeOfService = (byte)tos });
            case "table": return Set(reader, RoutingArguments.Table, draft, (route, table) => route with { Table = table });
            case "protocol" or "proto":
                return Set(reader, RoutingArguments.Protocol, draft, (route, protocol) => route with { Protocol = (byte)protocol });
            case "scope": return Set(reader, RoutingArguments.Scope, draft, (route, scope) => route with { Scope = (byte)scope });
            case "metric" or "preference" or "priority":
                return Set(reader, RoutingArguments.Number, draft, (route, value) => route with { Metric = value });
            case "pref": return Set(reader, Preference, draft, (route, preference) => route with { Preference = preference });
            case "onlink":
                draft.Route = draft.Route with { IsOnLink = true };
                return true;
            case "no_track":
                draft.Route = draft.Route with { IsTracked = false };
                return true;
            case "track_group":
                if (!RoutingArguments.TryTakeTrackGroup(word, routes.IsStatic, reader, out var group)) return false;
                draft.TrackGroup = group;
                return true;
            case "realms":
                return RoutingArguments.TryTakeRealms(reader, out var realms) && Keep(draft, draft.Route with { Realms = realms });
            case "expires":
                return Set(reader, RoutingArguments.Number, draft, (route, seconds) => route with { Lifetime = seconds });
            case "congctl": return TryBindCongestionControl(draft, reader);
            case "features":
                if (!reader.TryTake(Feature, out var feature)) return false;
                draft.Metrics.RemoveAll(metric => metric.Id == Features);
                draft.Metrics.Add(new(Features, feature));
                return true;
            case "nexthop": return TryBindHop(draft, reader);
        }

        if (Refused.TryGetValue(word.Text, out var refusal))
        {
            reader.Diagnostics.Warning(DiagnosticCode.NotSupported, word, $"{refusal.Why}: this one is left out", refusal.Remedy);
            return false;
        }

        if (!draft.HasDestination && PrefixArgument.Instance.TryParse(word.Text, out var destination, out _))
            return draft.SetDestination(destination);
        var near = Nearness.Nearest(word.Text, Options);
        reader.Diagnostics.Error(DiagnosticCode.InvalidValue, word, $"{Printable.Quote(word.Text)} means nothing in a route",
            near is null ? "one route a line" : $"did you mean '{near}'?");
        return false;
    }

    private static bool Set<T>(ArgumentReader reader, Argument<T> argument, Draft draft, Func<VirtualRoute, T, VirtualRoute> set)
    {
        if (!reader.TryTake(argument, out var value)) return false;
        draft.Route = set(draft.Route, value);
        return true;
    }

    private static bool Keep(Draft draft, VirtualRoute route)
    {
        draft.Route = route;
        return true;
    }

    private static bool TryBindCongestionControl(Draft draft, ArgumentReader reader)
    {
        var isLocked = reader.Peek()?.Text == "lock";
        if (isLocked) reader.Take();
        if (!reader.TryTake(CongestionControl, out var name)) return false;
        if (name.Length <= LongestCongestionControl)
            return Keep(draft, draft.Route with { CongestionControl = name, LocksCongestionControl = isLocked });
        reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last,
            $"{Printable.Quote(name)} is longer than the {LongestCongestionControl} characters of a congestion control's name");
        return false;
    }

    private static bool TryTakeGateway(ArgumentReader reader, out IpAddress128 gateway)
    {
        if (reader.Peek()?.Text is "inet" or "inet6") reader.Take();
        return reader.TryTake(Take.Address, out gateway);
    }

    private static bool TryBindMetric(Draft draft, byte id, uint unitsPerMillisecond, ArgumentReader reader)
    {
        var isLocked = reader.Peek()?.Text == "lock";
        if (isLocked) reader.Take();
        if (!reader.TryTake(unitsPerMillisecond > 0 ? Time : RoutingArguments.Number, out var value)) return false;
        draft.Metrics.RemoveAll(metric => metric.Id == id);
        draft.Metrics.Add(new(id, unitsPerMillisecond > 0 ? value * unitsPerMillisecond : value, isLocked));
        return true;
    }

    private static bool TryBindHop(Draft draft, ArgumentReader reader)
    {
        var hop = new RouteHop(null, null);
        while (reader.Peek()?.Text is { } next && next != "nexthop")
        {
            switch (next)
            {
                case "via":
                    reader.Take();
                    if (!TryTakeGateway(reader, out var gateway)) return false;
                    hop = hop with { Gateway = gateway };
                    continue;
                case "dev":
                    reader.Take();
                    if (!reader.TryTake(Take.Interface, out var device)) return false;
                    hop = hop with { Device = device };
                    continue;
                case "weight":
                    reader.Take();
                    if (!reader.TryTake(Weight, out var weight)) return false;
                    hop = hop with { Weight = weight };
                    continue;
                case "onlink":
                    reader.Take();
                    hop = hop with { IsOnLink = true };
                    continue;
            }

            break;
        }

        draft.Hops.Add(hop);
        return true;
    }

    private static VirtualRoute? Complete(Draft draft, Statement statement, DiagnosticSink diagnostics)
    {
        var isV4 = draft.IsV4;
        var route = draft.Route;
        if (!draft.HasDestination) return Refuse("a route needs a destination", "write default or a network");
        if (draft.Destination is { } destination && destination.IsV4 != isV4) return Refuse("the addresses of a route are of one family");
        if (route.PreferredSource is { } preferred && preferred.IsV4 != isV4) return Refuse("src is of the other family");
        if (route.Source is { } source && source.IsV4 != isV4) return Refuse("from is of the other family");
        if (!isV4 && draft.Gateways().Any(gateway => gateway.IsV4)) return Refuse("an IPv6 route has no IPv4 gateway");
        if (draft.Hops.Count > ConfigLimits.MaxRouteHops) return Refuse($"a route has at most {ConfigLimits.MaxRouteHops} ways");
        if (draft.Hops.Count > 0 && route.Gateway is not null) return Refuse("a route has either via or nexthop");
        var leads = route.Gateway is not null || route.Device is not null || draft.Hops.Count > 0;
        if (route.Kind == RouteKind.Unicast && !leads) return Refuse("a route needs via, dev or nexthop");
        if (route.Realms != 0 && !isV4) return Refuse("only IPv4 has realms");
        if (route.Lifetime is not null && isV4) return Refuse("only routes of IPv6 expire");
        if (route.Table == 0) return Refuse("there is no routing table 0");
        var any = isV4 ? IpAddress128.FromV4(0) : IpAddress128.FromHalves(0, 0);
        return route with
        {
            Destination = draft.Destination ?? any, DestinationLength = draft.DestinationLength, Metrics = draft.Metrics, Hops = draft.Hops,
        };

        VirtualRoute? Refuse(string what, string? remedy = null)
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, statement.Words[0], what, remedy);
            return null;
        }
    }

    /// <summary>A line in the making.</summary>
    private sealed class Draft
    {
        public VirtualRoute Route { get; set; } = new(default, 0);

        public List<RouteMetric> Metrics { get; } = [];

        public List<RouteHop> Hops { get; } = [];

        public Word? TrackGroup { get; set; }

        public bool HasDestination { get; private set; }

        public IpAddress128? Destination { get; private set; }

        public int DestinationLength { get; private set; }

        /// <summary>Of the default route, that of its gateway or source.</summary>
        public bool IsV4 =>
            (Destination ?? Gateways().Cast<IpAddress128?>().FirstOrDefault() ?? Route.PreferredSource ?? Route.Source)?.IsV4 ?? true;

        public IEnumerable<IpAddress128> Gateways() => Hops.Select(hop => hop.Gateway).Prepend(Route.Gateway).OfType<IpAddress128>();

        public bool SetDestination((IpAddress128? Address, int Length) network)
        {
            (HasDestination, Destination, DestinationLength) = (true, network.Address, network.Length);
            return true;
        }

        public bool SetSource((IpAddress128? Address, int Length) network)
        {
            Route = Route with { Source = network.Address, SourceLength = network.Length };
            return true;
        }

        public bool SetGateway(IpAddress128 gateway)
        {
            Route = Route with { Gateway = gateway };
            return true;
        }

        /// <summary>The old way to write two ways: <c>gw A or B</c>.</summary>
        public bool AddHop(IpAddress128 gateway)
        {
            if (Route.Gateway is { } first) Hops.Add(new(first, Route.Device));
            Hops.Add(new(gateway, Route.Device));
            Route = Route with { Gateway = null };
            return true;
        }
    }

    /// <summary>A time as ip-route(8) writes it: a number, or one with ms or s behind it, in milliseconds.</summary>
    private sealed class MillisecondsArgument : Argument<uint>
    {
        private const uint Longest = 100_000;

        public override string Expected => "a time up to 100 s, such as 20ms";

        public override bool TryParse(string text, out uint value, out Rejection rejection)
        {
            rejection = new($"is not {Expected}");
            var isSeconds = !text.EndsWith("ms", StringComparison.Ordinal) && text.EndsWith('s');
            var number = text.AsSpan().TrimEnd("ms");
            if (!NumberArgument.TryParse(number, out value) || value > Longest) return false;
            if (isSeconds) value *= 1000;
            return value <= Longest;
        }
    }
}
