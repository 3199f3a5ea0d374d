using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>What the first pass over a batch reads out of a frame for the later ones.</summary>
internal struct Packet
{
    /// <summary>
    /// The flow it belongs to; of an ICMP error, that of the packet in it, as seen from the client; of a later fragment its datagram.
    /// </summary>
    public ConnectionKey Key;

    /// <summary>The key's hash in the worker's connection table.</summary>
    public ulong Hash;

    /// <summary>The VIP.</summary>
    public IpAddress128 Virtual;

    /// <summary>Bytes of the IP packet, without the link's padding.</summary>
    public int Length;

    /// <summary>Where the IP header begins in the frame.</summary>
    public byte At;

    /// <summary>Hops left: TTL, hop limit.</summary>
    public byte TimeToLive;

    public IpProtocol Protocol;

    /// <summary>TCP's control bits; none for UDP.</summary>
    public TcpFlags Flags;

    /// <summary>Whether no router may cut it: DF, or IPv6.</summary>
    public bool DontFragment;

    public bool IsV6;

    public PacketKind Kind;

    /// <summary>Of a later fragment, bytes of headers that the first one has too.</summary>
    public ushort Repeated;

    /// <summary>Of a first fragment, the identification of its datagram.</summary>
    public uint Datagram;

    /// <summary>Number of the server that it is transmitted to.</summary>
    public int Server;
}
