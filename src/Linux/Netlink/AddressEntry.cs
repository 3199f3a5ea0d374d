using Director.Net;

namespace Director.Linux.Netlink;

/// <summary>An address on a link, as the kernel describes it and as it is asked for (rtnetlink(7), RTM_NEWADDR).</summary>
/// <param name="LinkIndex">The link that has it.</param>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of its subnet: 0–32 or 0–128.</param>
public readonly record struct AddressEntry(int LinkIndex, IpAddress128 Address, int PrefixLength)
{
    /// <summary>
    /// The <see cref="Protocol"/> that marks an address as this program's, so that one left over from a crash is known as such
    /// (<c>ip addr show proto 112</c>). The number is the IP protocol number of VRRP; 0–3 are the kernel's own.
    /// </summary>
    public const byte DirectorProtocol = 112;

    /// <summary>The <see cref="Protocol"/> of an address that this program has set whoever is master.</summary>
    public const byte StaticProtocol = 113;

    /// <summary>The other end of a point-to-point address; null if the address is an ordinary one.</summary>
    public IpAddress128? Peer { get; init; }

    /// <summary>IPv4: the name it is listed under, such as <c>eth0:1</c>, at most 15 characters; null leaves it to the kernel.</summary>
    public string? Label { get; init; }

    /// <summary>IPv4: the broadcast address; null if none.</summary>
    public IpAddress128? Broadcast { get; init; }

    /// <summary>How far it reaches (<c>RT_SCOPE_*</c>): 0 global, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>Who set it (IFA_PROTO, Linux 5.18 and later; older kernels report 0).</summary>
    public byte Protocol { get; init; }

    /// <summary>
    /// Its flags. Asked for are NoDuplicateDetection, Home, ManagesTemporary, NoPrefixRoute and JoinsGroup; the kernel sets the others.
    /// </summary>
    public AddressFlags Flags { get; init; }

    /// <summary>Seconds for which it is preferred as a source, 0 being not at all; null if without end.</summary>
    public uint? PreferredSeconds { get; init; }

    /// <summary>As ip(8) writes it, <c>192.0.2.1/24</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
