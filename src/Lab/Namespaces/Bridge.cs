using Director.Net;

namespace Director.Lab.Namespaces;

/// <summary>
/// A learning Ethernet switch: a bridge (ip-link(8)) in a namespace of its own. It forwards at once (no spanning tree, no forwarding
/// delay) and does not snoop multicast, so VRRP adverts reach every port.
/// </summary>
internal sealed class Bridge
{
    /// <summary>The bridge in its namespace.</summary>
    public const string Link = "br0";

    private readonly NetworkNamespace _where;

    /// <summary>Makes the bridge in <paramref name="where"/>, up and without ports.</summary>
    public Bridge(NetworkNamespace where)
    {
        _where = where;
        where.Ip("link", "add", Link, "type", "bridge", "forward_delay", "0", "stp_state", "0", "mcast_snooping", "0");
        where.Ip("link", "set", Link, "up");
    }

    /// <summary>
    /// Plugs a namespace in: its end is <paramref name="link"/>, the bridge's end is called as its role.
    /// </summary>
    public void Attach(NetworkNamespace host, string link = "eth0", MacAddress? mac = null, int queues = 1)
    {
        Veth.Connect(host, link, _where, host.Role, mac, queues: queues);
        _where.Ip("link", "set", host.Role, "master", Link);
    }
}
