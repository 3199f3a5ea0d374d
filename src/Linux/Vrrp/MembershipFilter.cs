using static Director.Linux.Abi.NetfilterAbi;

namespace Director.Linux.Vrrp;

/// <summary>
/// Keeps the host's IGMP and MLD reports (RFC 3376, RFC 3810) from leaving by an interface for a virtual MAC address. Switches learn from
/// them as from any frame, and would send what is for the master here. A table of nftables, as <see cref="AcceptFilter"/>'s. One thread.
/// </summary>
internal sealed class MembershipFilter(FilterTable table)
{
    private const byte Igmp = 2;
    private const byte IcmpV6 = 58;

    /// <summary>MLDv1's report and done, MLDv2's report.</summary>
    private static readonly byte[] MldTypes = [131, 132, 143];

    /// <summary>Reports of a family leave by the interface from now on, or not. It need not exist.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege, or it is built without nf_tables.</exception>
    public void Set(string interfaceName, bool isV4, bool leave)
    {
        table.Begin(isV4, interfaceName);
        if (!leave)
        {
            table.AddChain("reports", NF_INET_LOCAL_OUT);
            if (isV4) WriteRule(interfaceName, Igmp, null);
            else foreach (var type in MldTypes) WriteRule(interfaceName, IcmpV6, type);
        }

        table.Commit("load nf_tables; else a backup's reports teach switches the virtual MAC address");
    }

    /// <summary><c>oifname NAME meta l4proto PROTOCOL [icmpv6 type TYPE] drop</c>.</summary>
    private void WriteRule(string interfaceName, byte protocol, byte? type)
    {
        var writer = table.BeginRule(out var expressions);
        FilterExpressions.Meta(ref writer, NFT_META_OIFNAME);
        FilterExpressions.CompareName(ref writer, interfaceName);
        FilterExpressions.Meta(ref writer, NFT_META_L4PROTO);
        FilterExpressions.Compare(ref writer, protocol);
        if (type is { } icmp)
        {
            FilterExpressions.Payload(ref writer, NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1);
            FilterExpressions.Compare(ref writer, icmp);
        }

        FilterExpressions.Verdict(ref writer, NF_DROP);
        table.EndRule(writer, expressions);
    }
}
