using Director.Datapath.Forwarding;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>What a worker needs to forward to a server: copied into each table so that the packet path reads one place.</summary>
internal struct ServerEntry
{
    /// <summary>The live counters; null where no server has this number.</summary>
    public RealServerState? State;

    /// <summary>The server's number.</summary>
    public int Id;

    /// <summary>The same as <see cref="RealServerState.Traffic"/>, a step nearer.</summary>
    public long[] Traffic;

    /// <summary>The first eight bytes of the frame's two MAC addresses, as they lie in memory.</summary>
    public ulong MacsLow;

    /// <summary>Their last four bytes.</summary>
    public uint MacsHigh;

    /// <summary>The tunnel that leads there; null in direct routing.</summary>
    public Tunnel? Tunnel;

    /// <summary>This host's own address on the way there; unspecified if it is not known.</summary>
    public IpAddress128 Own;

    /// <summary>Bytes of IP packet that the link takes, less what a tunnel adds.</summary>
    public int Mtu;

    /// <summary>The port's device.</summary>
    public ushort Egress;

    /// <summary>The VLAN that its frames are tagged with; 0 if they are not.</summary>
    public ushort Vlan;

    /// <summary>Its weight; of a server that no service lists, 0.</summary>
    public int Weight;

    /// <summary>Whether a service lists the server; if not, its connections are dropped.</summary>
    public bool IsAvailable;

    /// <summary>Whether its link is known: the MACs, the MTU, the device.</summary>
    public bool IsResolved;

    /// <summary>Whether packets of new connections get its address and port, and what it answers the VIP's.</summary>
    public bool IsMasqueraded;

    /// <summary>Whether this host itself is the server.</summary>
    public bool IsLocal;
}
