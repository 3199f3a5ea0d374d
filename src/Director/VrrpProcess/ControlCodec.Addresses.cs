using Director.Net;
using Director.Vrrp;

namespace Director.VrrpProcess;

/// <content>What belongs to the instance sent last, and what belongs to the host.</content>
internal static partial class ControlCodec
{
    /// <summary>What an instance's addresses are beyond what <see cref="ControlKind.Instance"/> says, and how it has them.</summary>
    public static ReadOnlySpan<byte> WriteOwnership(Span<byte> buffer, VrrpInstanceSettings settings)
    {
        var writer = new ControlWriter(buffer, ControlKind.Ownership);
        writer.Write(settings.IsNoAccept);
        writer.Write(settings.PromotesSecondaries);
        writer.Write(settings.Garp.ExtraInterval);
        writer.Write(settings.Garp.ExtraIsOfAll);
        writer.Write(settings.Vmac is not null);
        if (settings.Vmac is { } vmac) Write(ref writer, vmac);
        writer.Write(settings.AddressVmacs.Count);
        foreach (var further in settings.AddressVmacs)
        {
            writer.Write(further.Parent);
            writer.Write(further.IsV4);
            Write(ref writer, further.Vmac);
        }

        writer.Write(settings.NeededInterfaces.Count);
        foreach (var name in settings.NeededInterfaces) writer.Write(name);

        WriteOptions(ref writer, settings.Addresses);
        WriteOptions(ref writer, settings.ExcludedAddresses);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Ownership"/> into the instance that it follows.</summary>
    public static bool TryReadOwnership(ref ControlReader reader, ref VrrpInstanceSettings settings)
    {
        settings = settings with { IsNoAccept = reader.Bool(), PromotesSecondaries = reader.Bool() };
        settings = settings with { Garp = settings.Garp with { ExtraInterval = reader.Duration(), ExtraIsOfAll = reader.Bool() } };
        if (reader.Bool()) settings = settings with { Vmac = ReadVmac(ref reader) };
        var furthers = new AddressVmac[reader.Count(VrrpLimits.AddressVmacs)];
        for (var i = 0; i < furthers.Length; i++) furthers[i] = new(reader.String(), reader.Bool(), ReadVmac(ref reader));
        var needed = new string[reader.Count(VrrpLimits.NeededInterfaces)];
        for (var i = 0; i < needed.Length; i++) needed[i] = reader.String();
        settings = settings with { AddressVmacs = furthers, NeededInterfaces = needed };
        settings = settings with { Addresses = ReadOptions(ref reader, settings.Addresses) };
        settings = settings with { ExcludedAddresses = ReadOptions(ref reader, settings.ExcludedAddresses) };
        return reader.IsWhole;
    }

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

    /// <summary>The host's addresses, and the paces of announcements; its routes and rules precede the first instance.</summary>
    public static ReadOnlySpan<byte> WriteHost(Span<byte> buffer, HostSettings host)
    {
        var writer = new ControlWriter(buffer, ControlKind.Host);
        Write(ref writer, host.Addresses);
        WriteOptions(ref writer, host.Addresses);
        writer.Write(host.Paces.Count);
        foreach (var pace in host.Paces)
        {
            writer.Write(pace.ArpInterval);
            writer.Write(pace.NeighbourInterval);
            writer.Write(pace.Interfaces.Count);
            foreach (var name in pace.Interfaces) writer.Write(name);
        }

        writer.Write(host.ReportsLinkLocalGroups);
        writer.Write(host.LinkDelays.Count);
        foreach (var delays in host.LinkDelays)
        {
            writer.Write(delays.Interface);
            writer.Write(delays.Down);
            writer.Write(delays.Up);
        }

        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Host"/>.</summary>
    public static bool TryReadHost(ref ControlReader reader, out HostSettings host)
    {
        var addresses = ReadAddresses(ref reader, VrrpLimits.ExcludedAddresses);
        host = new() { Addresses = ReadOptions(ref reader, addresses) };
        var paces = new AnnouncementPace[reader.Count(VrrpLimits.Paces)];
        for (var i = 0; i < paces.Length; i++)
        {
            var (arp, neighbour) = (reader.Duration(), reader.Duration());
            var names = new string[reader.Count(VrrpLimits.Interfaces)];
            for (var j = 0; j < names.Length; j++) names[j] = reader.String();
            paces[i] = new(names, arp, neighbour);
        }

        host = host with { ReportsLinkLocalGroups = reader.Bool() };
        var delays = new LinkDelays[reader.Count(VrrpLimits.Interfaces)];
        for (var i = 0; i < delays.Length; i++) delays[i] = new(reader.String(), reader.Duration(), reader.Duration());
        host = host with { Paces = paces, LinkDelays = delays };
        return reader.IsWhole;
    }

    private static void Write(ref ControlWriter writer, VmacSettings vmac)
    {
        writer.Write(vmac.Name);
        vmac.Mac.WriteTo(writer.Take(MacAddress.Size));
        writer.Write(vmac.AdvertisesOnParent);
        writer.Write((int)vmac.Group);
    }

    private static VmacSettings ReadVmac(ref ControlReader reader) =>
        new(reader.String(), MacAddress.Read(reader.Take(MacAddress.Size)), reader.Bool(), (uint)reader.Int());

    /// <summary>Only of addresses that have any, each by its place in the list.</summary>
    private static void WriteOptions(ref ControlWriter writer, IReadOnlyList<VirtualAddress> addresses)
    {
        var count = addresses.Count(HasOptions);
        writer.Write(count);
        for (var i = 0; i < addresses.Count; i++)
        {
            if (!HasOptions(addresses[i])) continue;
            writer.Write(i);
            writer.Write((byte)addresses[i].Options);
            writer.Write((int)addresses[i].PreferredSeconds);
            writer.Write(addresses[i].Peer ?? default);
        }
    }

    private static bool HasOptions(VirtualAddress address) =>
        address is not { Options: VirtualAddressOptions.None, PreferredSeconds: VirtualAddress.Forever, Peer: null };

    private static VirtualAddress[] ReadOptions(ref ControlReader reader, IReadOnlyList<VirtualAddress> addresses)
    {
        VirtualAddress[] complete = [.. addresses];
        var count = reader.Count(complete.Length);
        for (var i = 0; i < count; i++)
        {
            var index = reader.Int();
            var (options, preferred, peer) = ((VirtualAddressOptions)reader.Byte(), (uint)reader.Int(), Given(reader.Address()));
            if ((uint)index < (uint)complete.Length)
                complete[index] = complete[index] with { Options = options, PreferredSeconds = preferred, Peer = peer };
        }

        return complete;
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
