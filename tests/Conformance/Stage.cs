using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Conformance;

/// <summary>
/// Where every scenario plays, in the reference kernel and here alike, down to the MAC addresses: a director with one link to the clients
/// and one to each of three real servers. Beyond each link is nothing but a wire that is watched.
/// </summary>
internal static class Stage
{
    /// <summary>Links of the director: 0 is the clients', n is that of real server n.</summary>
    public const int Links = 4;

    /// <summary>The link to the clients.</summary>
    public const int Client = 0;

    public const string Vip = "10.0.0.100";
    public const string Vip6 = "fd00::100";

    /// <summary>The director's own addresses.</summary>
    public const string Own = "10.0.0.1";
    public const string Own6 = "fd00::1";

    /// <summary>The gateway to all clients: what answers to the MAC address at the other end of link 0.</summary>
    public const string Gateway = "10.0.0.254";
    public const string Gateway6 = "fd00::fe";

    public const int Mtu = 1500;

    /// <summary>How long after a file is given to keepalived the next step comes.</summary>
    public static readonly TimeSpan KeepalivedTime = TimeSpan.FromSeconds(5);

    private const int Ipv6HeaderSize = 40;

    /// <summary>What a link is called in scenarios.</summary>
    public static string NameOf(int link) => link == Client ? "client" : $"rs{link}";

    /// <summary>The link of that name, or -1.</summary>
    public static int LinkOf(string name) => Enumerable.Range(0, Links).FirstOrDefault(link => NameOf(link) == name, -1);

    /// <summary>The director's device on a link.</summary>
    public static string DeviceOf(int link) => $"eth{link}";

    /// <summary>The MAC address of the director on a link.</summary>
    public static MacAddress NearMac(int link) => Mac($"02:00:00:00:0d:0{link}");

    /// <summary>The MAC address at the other end of a link.</summary>
    public static MacAddress FarMac(int link) => Mac($"02:00:00:00:05:0{link}");

    /// <summary>The addresses of real server <paramref name="link"/>.</summary>
    public static string ServerAddress(int link) => $"10.0.0.1{link}";

    public static string ServerAddress6(int link) => $"fd00::1{link}";

    /// <summary>The link that leads to the real server with that address, or 0.</summary>
    public static int ServerLink(IpAddress128 address) => Enumerable.Range(1, Links - 1).FirstOrDefault(
        link => address == IpAddress128.Parse(ServerAddress(link)) || address == IpAddress128.Parse(ServerAddress6(link)));

    /// <summary>Whether a frame carries a packet of a scenario: not ARP, nor neighbour or multicast listener discovery.</summary>
    public static bool IsPacket(byte[] frame)
    {
        const int NextHeader = EthernetHeader.Size + 6, Type = EthernetHeader.Size + Ipv6HeaderSize;
        const byte HopByHop = 0, FirstDiscovery = 130;
        if (!EthernetHeader.TryRead(frame, out var header) || header.Type != EtherType.Ipv6) return header.Type == EtherType.Ipv4;
        return frame[NextHeader] != HopByHop && (frame[NextHeader] != (byte)IpProtocol.IcmpV6 || frame[Type] < FirstDiscovery);
    }

    /// <summary>Whether a frame is for a client: those are in 10.1.0.0/16 and fd01::/16.</summary>
    public static bool IsToClient(byte[] frame) => EthernetHeader.TryRead(frame, out var header) && (header.Type == EtherType.Ipv4
        ? frame.AsSpan(EthernetHeader.Size + 16, 2) is [10, 1]
        : header.Type == EtherType.Ipv6 && frame.AsSpan(EthernetHeader.Size + 24, 2) is [0xfd, 0x01]);

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);
}
