using Director.Net;
using Director.Vrrp;

namespace Director.VrrpProcess;

/// <content>Routes and rules, of the instance sent last or of the host.</content>
internal static partial class ControlCodec
{
    /// <summary>A route of the instance sent last or, before the first instance, of the host.</summary>
    public static ReadOnlySpan<byte> WriteRoute(Span<byte> buffer, VirtualRoute route)
    {
        var writer = new ControlWriter(buffer, ControlKind.Route);
        writer.Write(route.Destination);
        writer.Write((byte)route.DestinationLength);
        writer.Write((byte)route.Kind);
        writer.Write(route.Source ?? default);
        writer.Write((byte)route.SourceLength);
        writer.Write(route.Gateway ?? default);
        writer.Write(route.PreferredSource ?? default);
        writer.Write(route.Device ?? "");
        writer.Write((int)route.Table);
        writer.Write(route.Protocol);
        writer.Write(route.Scope);
        writer.Write((int)route.Metric);
        writer.Write(route.TypeOfService);
        writer.Write(route.IsOnLink);
        writer.Write(route.Preference is not null);
        writer.Write(route.Preference ?? 0);
        writer.Write(route.IsTracked);
        writer.Write((byte)route.Placement);
        writer.Write((int)route.Realms);
        WriteOptional(ref writer, route.Lifetime);
        writer.Write(route.CongestionControl ?? "");
        writer.Write(route.LocksCongestionControl);
        writer.Write(route.Metrics.Count);
        foreach (var metric in route.Metrics)
        {
            writer.Write(metric.Id);
            writer.Write((int)metric.Value);
            writer.Write(metric.IsLocked);
        }

        writer.Write(route.Hops.Count);
        foreach (var hop in route.Hops)
        {
            writer.Write(hop.Gateway ?? default);
            writer.Write(hop.Device ?? "");
            writer.Write(hop.Weight);
            writer.Write(hop.IsOnLink);
        }

        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Route"/>.</summary>
    public static bool TryReadRoute(ref ControlReader reader, out VirtualRoute route)
    {
        route = new(reader.Address(), reader.Byte())
        {
            Kind = (RouteKind)reader.Byte(),
            Source = Given(reader.Address()),
            SourceLength = reader.Byte(),
            Gateway = Given(reader.Address()),
            PreferredSource = Given(reader.Address()),
            Device = Given(reader.String()),
            Table = (uint)reader.Int(),
            Protocol = reader.Byte(),
            Scope = reader.Byte(),
            Metric = (uint)reader.Int(),
            TypeOfService = reader.Byte(),
            IsOnLink = reader.Bool(),
            Preference = OrNull(reader.Bool(), reader.Byte()),
            IsTracked = reader.Bool(),
            Placement = (RoutePlacement)reader.Byte(),
            Realms = (uint)reader.Int(),
            Lifetime = ReadOptional(ref reader),
            CongestionControl = Given(reader.String()),
            LocksCongestionControl = reader.Bool(),
            Metrics = ReadMetrics(ref reader),
            Hops = ReadHops(ref reader),
        };
        return reader.IsWhole;
    }

    /// <summary>A rule of the instance sent last or, before the first instance, of the host.</summary>
    public static ReadOnlySpan<byte> WriteRule(Span<byte> buffer, VirtualRule rule)
    {
        var writer = new ControlWriter(buffer, ControlKind.Rule);
        writer.Write(rule.IsV4);
        writer.Write((int)rule.Priority);
        writer.Write((byte)rule.Action);
        writer.Write((int)rule.Table);
        writer.Write((int)rule.GoTo);
        writer.Write(rule.IsNegated);
        writer.Write(rule.From ?? default);
        writer.Write((byte)rule.FromLength);
        writer.Write(rule.To ?? default);
        writer.Write((byte)rule.ToLength);
        writer.Write(rule.TypeOfService);
        WriteOptional(ref writer, rule.Mark);
        writer.Write((int)rule.MarkMask);
        writer.Write(rule.InputDevice ?? "");
        writer.Write(rule.OutputDevice ?? "");
        WriteOptional(ref writer, rule.SuppressPrefixLength);
        WriteOptional(ref writer, rule.SuppressGroup);
        writer.Write((int)rule.Realms);
        writer.Write((long)rule.TunnelId);
        writer.Write(rule.IsOfVrf);
        WriteOptional(ref writer, rule.Users);
        writer.Write(rule.IpProtocol);
        WriteOptional(ref writer, rule.SourcePorts);
        WriteOptional(ref writer, rule.DestinationPorts);
        writer.Write(rule.Protocol);
        writer.Write(rule.IsTracked);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Rule"/>.</summary>
    public static bool TryReadRule(ref ControlReader reader, out VirtualRule rule)
    {
        rule = new(reader.Bool(), (uint)reader.Int())
        {
            Action = (RuleAction)reader.Byte(),
            Table = (uint)reader.Int(),
            GoTo = (uint)reader.Int(),
            IsNegated = reader.Bool(),
            From = Given(reader.Address()),
            FromLength = reader.Byte(),
            To = Given(reader.Address()),
            ToLength = reader.Byte(),
            TypeOfService = reader.Byte(),
            Mark = ReadOptional(ref reader),
            MarkMask = (uint)reader.Int(),
            InputDevice = Given(reader.String()),
            OutputDevice = Given(reader.String()),
            SuppressPrefixLength = ReadOptional(ref reader),
            SuppressGroup = ReadOptional(ref reader),
            Realms = (uint)reader.Int(),
            TunnelId = (ulong)reader.Long(),
            IsOfVrf = reader.Bool(),
            Users = ReadOptionalRange(ref reader),
            IpProtocol = reader.Byte(),
            SourcePorts = ReadOptionalRange(ref reader),
            DestinationPorts = ReadOptionalRange(ref reader),
            Protocol = reader.Byte(),
            IsTracked = reader.Bool(),
        };
        return reader.IsWhole;
    }

    private static RouteMetric[] ReadMetrics(ref ControlReader reader)
    {
        var metrics = new RouteMetric[reader.Count(VrrpLimits.RouteMetrics)];
        for (var i = 0; i < metrics.Length; i++) metrics[i] = new(reader.Byte(), (uint)reader.Int(), reader.Bool());
        return metrics;
    }

    private static RouteHop[] ReadHops(ref ControlReader reader)
    {
        var hops = new RouteHop[reader.Count(VrrpLimits.RouteHops)];
        for (var i = 0; i < hops.Length; i++)
            hops[i] = new(Given(reader.Address()), Given(reader.String()), reader.Int(), reader.Bool());
        return hops;
    }

    private static byte? OrNull(bool isGiven, byte value) => isGiven ? value : null;

    private static void WriteOptional(ref ControlWriter writer, uint? value)
    {
        writer.Write(value is not null);
        writer.Write((int)(value ?? 0));
    }

    private static uint? ReadOptional(ref ControlReader reader)
    {
        var isGiven = reader.Bool();
        var value = (uint)reader.Int();
        return isGiven ? value : null;
    }

    private static void WriteOptional(ref ControlWriter writer, NumberRange? range)
    {
        writer.Write(range is not null);
        writer.Write((int)(range?.First ?? 0));
        writer.Write((int)(range?.Last ?? 0));
    }

    private static NumberRange? ReadOptionalRange(ref ControlReader reader)
    {
        var isGiven = reader.Bool();
        var range = new NumberRange((uint)reader.Int(), (uint)reader.Int());
        return isGiven ? range : null;
    }
}
