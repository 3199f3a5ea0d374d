using System.Buffers.Binary;
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

    /// <summary>Another number than any table before had here, if established packets went another way by it, or none.</summary>
    public uint Generation;

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

    /// <summary>Whether packets of its connections go to it by direct routing, untagged: available, resolved, no tunnel.</summary>
    public bool IsDirect;

    /// <summary>The entry of a server that no service lists.</summary>
    public static ServerEntry Of(RealServerState state) => new() { State = state, Id = state.Id, Traffic = state.Traffic };

    /// <summary>The entry of a server that is listed.</summary>
    public static ServerEntry Of(RealServerState state, RealServerSpec server)
    {
        var entry = Of(state);
        entry.IsAvailable = true;
        entry.Weight = server.Weight;
        entry.IsLocal = server.IsLocal;
        entry.IsMasqueraded = server.Method == ForwardingMethod.Masquerading && !server.IsLocal;
        if (server.NextHop is { } hop) entry.Resolve(server, hop);
        entry.IsDirect = entry is { IsResolved: true, IsLocal: false, IsMasqueraded: false, Tunnel: null, Vlan: 0 };
        return entry;
    }

    /// <summary>
    /// Whether a packet of an established connection goes the way that it went by <paramref name="before"/>, in the same frame, and is
    /// counted in the same place. Weights are for new connections.
    /// </summary>
    public readonly bool GoesAs(in ServerEntry before) =>
        ReferenceEquals(State, before.State)
        && (MacsLow, MacsHigh, Mtu, Egress, Vlan) == (before.MacsLow, before.MacsHigh, before.Mtu, before.Egress, before.Vlan)
        && (IsAvailable, IsResolved, IsMasqueraded, IsLocal)
            == (before.IsAvailable, before.IsResolved, before.IsMasqueraded, before.IsLocal)
        && Tunnel is null == before.Tunnel is null;

    private void Resolve(RealServerSpec server, NextHop hop)
    {
        if (server.Method == ForwardingMethod.Tunnel)
        {
            if (hop.Address.IsUnspecified || hop.Address.IsV4 != server.Endpoint.Address.IsV4) return;
            Tunnel = new(hop.Address, server.Endpoint.Address);
        }

        Own = hop.Address;
        Span<byte> macs = stackalloc byte[MacAddress.Size * 2];
        hop.Destination.WriteTo(macs);
        hop.Source.WriteTo(macs[MacAddress.Size..]);
        MacsLow = BinaryPrimitives.ReadUInt64LittleEndian(macs);
        MacsHigh = BinaryPrimitives.ReadUInt32LittleEndian(macs[8..]);
        (Egress, Vlan) = (hop.Egress, hop.Vlan);
        Mtu = hop.Mtu - (Tunnel?.Overhead ?? 0);
        IsResolved = true;
    }
}
