using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>What the first pass over a batch reads out of a frame for the later ones.</summary>
internal struct Packet
{
    /// <summary>The flow it belongs to.</summary>
    public ConnectionKey Key;

    /// <summary>The key's hash in the worker's connection table.</summary>
    public ulong Hash;

    /// <summary>The VIP.</summary>
    public IpAddress128 Virtual;

    /// <summary>Bytes of the IP packet, without the link's padding.</summary>
    public ushort TotalLength;

    public byte TimeToLive;

    public IpProtocol Protocol;

    /// <summary>TCP's control bits; none for UDP.</summary>
    public TcpFlags Flags;

    public bool DontFragment;
}
