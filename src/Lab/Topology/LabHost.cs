using System.Globalization;
using Director.Net;

namespace Director.Lab.Topology;

/// <summary>A machine of the lab: a namespace with <c>eth0</c> on the bridge.</summary>
/// <param name="Role">Its short name, such as <c>rs1</c>; also the name of its port on the bridge.</param>
/// <param name="Address">Its own IPv4 address in the lab's /24.</param>
internal sealed record LabHost(string Role, string Address)
{
    /// <summary>
    /// Its link-layer address, fixed: locally administered, the IPv4 address in it (<c>02:00:c0:a8:50:84</c> is 192.168.80.132).
    /// </summary>
    public MacAddress Mac
    {
        get
        {
            Span<byte> bytes = [2, 0, 0, 0, 0, 0];
            IpAddress128.Parse(Address).WriteTo(bytes[2..]);
            return MacAddress.Read(bytes);
        }
    }

    /// <summary>
    /// Its own IPv6 address in the lab's /64, of the same last digits: <c>2001:db8:80::132</c> beside 192.168.80.132. Only in a plan with
    /// IPv6.
    /// </summary>
    public string AddressV6 => LabPlan.BesideV4(Address);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Role} ({Address})");
}
