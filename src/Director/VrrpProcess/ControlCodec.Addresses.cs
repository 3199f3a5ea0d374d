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
}
