using Director.Net;

namespace Director.Vrrp;

/// <summary>
/// The interface of its own that a virtual router has for its virtual MAC address (keepalived.conf(5), <c>use_vmac</c>; RFC 9568 §7.3).
/// </summary>
/// <param name="Name">Its name, at most 15 characters.</param>
/// <param name="Mac">Its address: 00:00:5e:00:01:VRID, of IPv6 00:00:5e:00:02:VRID, or what was written.</param>
/// <param name="AdvertisesOnParent">Whether adverts are sent and heard on the instance's interface (<c>vmac_xmit_base</c>).</param>
/// <param name="Group">The group of interfaces that it belongs to (ip-link(8)); 0 is that of all that have none.</param>
public sealed record VmacSettings(string Name, MacAddress Mac, bool AdvertisesOnParent = false, uint Group = 0)
{
    /// <summary>The virtual MAC address of a virtual router (RFC 9568 §7.3).</summary>
    public static MacAddress StandardMac(byte virtualRouterId, bool isV4)
    {
        Span<byte> bytes = [0x00, 0x00, 0x5e, 0x00, isV4 ? (byte)1 : (byte)2, virtualRouterId];
        return MacAddress.Read(bytes);
    }
}
