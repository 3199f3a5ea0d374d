using System.Globalization;
using Director.Net;

namespace Director.Lab.Namespaces;

/// <summary>
/// A pair of virtual Ethernet links (veth(4)), each end in a namespace, both up. Every offload is off at both ends: a checksum left to
/// the hardware would travel unfinished through AF_XDP, and an aggregated segment is larger than a frame.
/// </summary>
internal static class Veth
{
    /// <summary>Connects two namespaces.</summary>
    /// <param name="left">Namespace of the first end.</param>
    /// <param name="leftLink">Name of the link there, at most 15 characters.</param>
    /// <param name="right">Namespace of the second end.</param>
    /// <param name="rightLink">Name of the link there.</param>
    /// <param name="leftMac">Address of the first end; the kernel's choice if not given.</param>
    /// <param name="rightMac">Address of the second end; the kernel's choice if not given.</param>
    /// <param name="queues">Receive and transmit queues of each end.</param>
    public static void Connect(NetworkNamespace left, string leftLink, NetworkNamespace right, string rightLink,
        MacAddress? leftMac = null, MacAddress? rightMac = null, int queues = 1)
    {
        var count = queues.ToString(CultureInfo.InvariantCulture);
        Tool.Run([
            "ip", "link", "add", "name", leftLink, "netns", left.Name, .. Address(leftMac), "numrxqueues", count, "numtxqueues", count,
            "type", "veth",
            "peer", "name", rightLink, "netns", right.Name, .. Address(rightMac), "numrxqueues", count, "numtxqueues", count]);
        Prepare(left, leftLink);
        Prepare(right, rightLink);
    }

    private static string[] Address(MacAddress? mac) => mac is { } address ? ["address", address.ToString()] : [];

    /// <summary>Switches every offload of one end off, for links that were made otherwise.</summary>
    public static void SwitchOffloadsOff(NetworkNamespace where, string link) => where.Run("ethtool", "-K", link,
        "tx", "off", "rx", "off", "sg", "off", "tso", "off", "gso", "off", "gro", "off", "txvlan", "off", "rxvlan", "off");

    private static void Prepare(NetworkNamespace where, string link)
    {
        SwitchOffloadsOff(where, link);
        where.Ip("link", "set", link, "up");
    }
}
