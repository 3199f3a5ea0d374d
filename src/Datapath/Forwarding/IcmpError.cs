namespace Director.Datapath.Forwarding;

/// <summary>The ICMP errors that a director owes (RFC 792): type in the high byte, code in the low.</summary>
internal enum IcmpError : ushort
{
    /// <summary>No server may take the connection. TCP clients get it too, as from IPVS.</summary>
    PortUnreachable = 3 << 8 | 3,

    /// <summary>Too long for the link and not to be fragmented; carries the link's MTU (RFC 1191 §4).</summary>
    FragmentationNeeded = 3 << 8 | 4,

    /// <summary>TTL ran out here.</summary>
    TimeExceeded = 11 << 8,
}
