using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>What the first pass over a batch reads out of a frame for the later ones.</summary>
internal struct Packet
{
    /// <summary>
    /// The flow it belongs to; of an ICMP error, that of the packet in it, as seen from the client; of a later fragment its datagram. Of an
    /// answer the connection's other key (<see cref="Connection.AnswerKey"/>).
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

    /// <summary>Whether it was read as one that nothing is special about: untagged, IPv4 without options, whole, from a client.</summary>
    public bool IsPlain;

    /// <summary>Bytes of IP headers; a later fragment of IPv6 has as many, its own header included, as the first one.</summary>
    public ushort HeaderLength;

    /// <summary>Of a first fragment, the identification of its datagram.</summary>
    public uint Datagram;

    /// <summary>Number of the server that it is transmitted to.</summary>
    public int Server;

    /// <summary>Of a first fragment that is sent, its connection's <see cref="Connection.AnswerTail"/>; else anything.</summary>
    public ulong AnswerTail;

    /// <summary>Whether it comes from a masqueraded server, or an ICMP error's packet went there: for the client, not from it.</summary>
    public readonly bool IsAnswer => Kind >= PacketKind.Answer;
}
