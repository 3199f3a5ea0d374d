namespace Director.Datapath.Forwarding;

/// <summary>The ICMP errors that a director owes.</summary>
internal enum IcmpError
{
    /// <summary>No server may take the connection. TCP clients get it too, as from IPVS.</summary>
    PortUnreachable,

    /// <summary>Too long for the link and not to be fragmented; carries the link's MTU (RFC 1191 §4, RFC 4443 §3.2).</summary>
    PacketTooBig,

    /// <summary>Its hops ran out here.</summary>
    TimeExceeded,
}
