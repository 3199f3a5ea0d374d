using System.Runtime.InteropServices;
using Director.Net;
using static Director.Linux.Abi.AddressAbi;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Messages about addresses: <c>struct ifaddrmsg</c> (rtnetlink(7)) and attributes.
/// <code>
///  0        1            2       3       4       8
///  | family | prefix len | flags | scope | index | attributes…
/// </code>
/// </summary>
internal static class AddressMessage
{
    private const AddressFlags Settable = AddressFlags.NoDuplicateDetection | AddressFlags.Home | AddressFlags.ManagesTemporary
        | AddressFlags.NoPrefixRoute | AddressFlags.JoinsGroup;

    /// <summary>Asks for all addresses of both families.</summary>
    public static ReadOnlySpan<byte> WriteDump(Span<byte> buffer, uint sequence)
    {
        var writer = new NetlinkWriter(buffer, RTM_GETADDR, NLM_F_DUMP, sequence);
        writer.Fixed(IfAddrSize);
        return writer.Finish();
    }

    /// <summary>Asks for an address to be added; <paramref name="flags"/> say what if it exists (EXCL: refuse, REPLACE: update).</summary>
    public static ReadOnlySpan<byte> WriteAdd(Span<byte> buffer, uint sequence, ushort flags, in AddressEntry address)
    {
        var writer = Begin(buffer, RTM_NEWADDR, (ushort)(NLM_F_CREATE | flags), sequence, address);
        if (address.Broadcast is { } broadcast) writer.Attribute(IFA_BROADCAST, broadcast);
        if (address.Label is { } label) writer.Attribute(IFA_LABEL, label);
        var settable = address.Flags & Settable;
        if (settable != 0) writer.Attribute(IFA_FLAGS, (uint)settable);
        if (address.PreferredSeconds is { } preferred)
        {
            // A preferred lifetime of nothing inside an endless life is how an address is deprecated (RFC 4862 §5.5.4).
            Span<byte> lifetimes = stackalloc byte[CacheInfoSize];
            lifetimes.Clear();
            MemoryMarshal.Write(lifetimes, preferred);
            MemoryMarshal.Write(lifetimes[4..], InfiniteLifetime);
            writer.Attribute(IFA_CACHEINFO, lifetimes);
        }

        if (address.Protocol != 0) writer.Attribute(IFA_PROTO, address.Protocol);
        return writer.Finish();
    }

    /// <summary>Asks for exactly this address with this prefix length to be removed from this link.</summary>
    public static ReadOnlySpan<byte> WriteRemove(Span<byte> buffer, uint sequence, in AddressEntry address) =>
        Begin(buffer, RTM_DELADDR, 0, sequence, address).Finish();

    /// <summary>Reads an address; false if it is too short, of another family, or has no address.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out AddressEntry address)
    {
        address = default;
        if (payload.Length < IfAddrSize || payload[0] is not (AF_INET or AF_INET6)) return false;
        var size = payload[0] == AF_INET ? 4 : 16;
        var flags = (AddressFlags)payload[2];
        byte protocol = 0;
        uint? preferred = null;
        IpAddress128? local = null, peer = null, broadcast = null;
        string? label = null;
        foreach (var attribute in new NetlinkAttributes(payload[IfAddrSize..]))
        {
            switch (attribute.Type)
            {
                case IFA_LOCAL when attribute.Payload.Length == size: local = attribute.IpAddress; break;
                case IFA_ADDRESS when attribute.Payload.Length == size: peer = attribute.IpAddress; break;
                case IFA_BROADCAST when attribute.Payload.Length == size: broadcast = attribute.IpAddress; break;
                case IFA_LABEL: label = attribute.Text; break;
                case IFA_CACHEINFO when attribute.UInt32 != InfiniteLifetime: preferred = attribute.UInt32; break;
                case IFA_FLAGS: flags = (AddressFlags)attribute.UInt32; break;
                case IFA_PROTO: protocol = attribute.Byte; break;
            }
        }

        if ((local ?? peer) is not { } own) return false;
        address = new(MemoryMarshal.Read<int>(payload[4..]), own, payload[1])
        {
            Peer = peer == own ? null : peer, Label = label, Broadcast = broadcast, Scope = payload[3], Protocol = protocol, Flags = flags,
            PreferredSeconds = preferred,
        };
        return true;
    }

    private static NetlinkWriter Begin(Span<byte> buffer, ushort type, ushort flags, uint sequence, in AddressEntry address)
    {
        var writer = new NetlinkWriter(buffer, type, (ushort)(flags | NLM_F_ACK), sequence);
        var info = writer.Fixed(IfAddrSize);
        info[0] = address.Address.IsV4 ? AF_INET : AF_INET6;
        info[1] = (byte)address.PrefixLength;
        info[3] = address.Scope;
        MemoryMarshal.Write(info[4..], address.LinkIndex);
        writer.Attribute(IFA_LOCAL, address.Address);
        writer.Attribute(IFA_ADDRESS, address.Peer ?? address.Address);
        return writer;
    }
}
