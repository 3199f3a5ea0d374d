using Director.Linux.Netlink;
using Director.Net.Wire;

namespace Director.Control;

/// <summary>
/// XDP runs where a VLAN device has no part yet: on the device that carries it, whose frames have their tags. Pure.
/// </summary>
internal static class VlanCarriers
{
    /// <summary>
    /// The devices of an XDP port by number, for what is on <paramref name="placed"/>: carriers in the place of their VLANs; behind them
    /// the VLANs. A VLAN that cannot be served by its carrier stays a device itself, where the driver will refuse native XDP: one of
    /// 802.1ad or in another VLAN, of a MAC of its own, or with its carrier in another network namespace.
    /// </summary>
    public static IReadOnlyList<PortDevice> Find(IReadOnlyList<PortDevice> placed, IReadOnlyList<LinkEntry> links)
    {
        var devices = new List<PortDevice>();
        var vlans = new List<PortDevice>();
        foreach (var device in placed)
        {
            if (CarrierOf(device) is not var (carrier, id))
            {
                NumberOf(device);
                continue;
            }

            var number = NumberOf(PortDeviceOf(carrier, device.NeededBy));
            vlans.Add(device with { Vlan = id, Carrier = number });
        }

        return [.. devices, .. vlans];

        ushort NumberOf(PortDevice device)
        {
            var number = devices.FindIndex(known => known.LinkIndex == device.LinkIndex);
            if (number >= 0) return (ushort)number;
            devices.Add(device);
            return (ushort)(devices.Count - 1);
        }

        (LinkEntry Carrier, ushort Id)? CarrierOf(PortDevice device)
        {
            var link = links.FirstOrDefault(link => link.Index == device.LinkIndex);
            if (link?.Vlan is not { Id: > 0, TagType: (ushort)EtherType.Vlan } vlan) return null;
            var parent = links.FirstOrDefault(candidate => candidate.Index == link.ParentIndex);
            return parent is null || parent.Kind == "vlan" || parent.Address != link.Address ? null : (parent, vlan.Id);
        }
    }

    /// <summary>A link as a device of a port.</summary>
    public static PortDevice PortDeviceOf(LinkEntry link, string? neededBy) =>
        new(link.Index, link.Name, link.Address, link.Mtu) { NeededBy = neededBy };
}
