using Director.Net;
using static Director.Linux.Abi.NetfilterAbi;

namespace Director.Linux.Vrrp;

/// <summary>
/// Keeps packets to some addresses from the host's sockets (RFC 9568 §6.1, Accept_Mode false): a table of nftables for each family, whose
/// only chain drops on the way in. Neighbour solicitations and advertisements pass, for without them nobody would find the address. What
/// the datapath takes never comes that far. A table that is there, a killed predecessor's too, is replaced. One thread.
/// </summary>
internal sealed class AcceptFilter(FilterTable table)
{
    // Of one message; a length has 16 bits.
    private const int ElementsPerMessage = 1000;
    private const int BytesPerElement = 32;
    private const string SetName = "addresses";
    private const uint SetId = 1;

    private const byte NeighbourSolicitation = 135;
    private const byte NeighbourAdvertisement = 136;
    private const byte IcmpV6 = 58;

    /// <summary>Drops what is for exactly these addresses from now on, of those that routers on an interface have.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege, or it is built without nf_tables.</exception>
    public void Set(string interfaceName, IReadOnlyCollection<IpAddress128> addresses)
    {
        foreach (var isV4 in (ReadOnlySpan<bool>)[true, false])
            Replace(isV4, interfaceName, [.. addresses.Where(address => address.IsV4 == isV4)]);
    }

    private void Replace(bool isV4, string interfaceName, IpAddress128[] addresses)
    {
        table.Begin(isV4, interfaceName, BytesPerElement * addresses.Length);
        if (addresses.Length > 0)
        {
            table.AddChain("no_accept", NF_INET_LOCAL_IN);
            WriteSet(isV4);
            foreach (var some in addresses.Chunk(ElementsPerMessage)) WriteElements(some);
            if (!isV4)
            {
                WriteNeighbourRule(NeighbourSolicitation);
                WriteNeighbourRule(NeighbourAdvertisement);
            }

            WriteDropRule(isV4);
        }

        table.Commit("load nf_tables, or write no 'no_accept'");
    }

    private void WriteSet(bool isV4)
    {
        var writer = table.BeginPart(NFT_MSG_NEWSET, NFTA_SET_TABLE);
        writer.Attribute(NFTA_SET_NAME, SetName);
        FilterExpressions.Number(ref writer, NFTA_SET_KEY_TYPE, isV4 ? NftTypeIpV4 : NftTypeIpV6);
        FilterExpressions.Number(ref writer, NFTA_SET_KEY_LEN, isV4 ? 4u : 16u);
        FilterExpressions.Number(ref writer, NFTA_SET_ID, SetId);
        table.Append(writer);
    }

    private void WriteElements(IpAddress128[] addresses)
    {
        var writer = table.BeginPart(NFT_MSG_NEWSETELEM, NFTA_SET_ELEM_LIST_TABLE);
        writer.Attribute(NFTA_SET_ELEM_LIST_SET, SetName);
        var all = writer.Begin(NFTA_SET_ELEM_LIST_ELEMENTS);
        foreach (var address in addresses)
        {
            var element = writer.Begin(NFTA_LIST_ELEM);
            var key = writer.Begin(NFTA_SET_ELEM_KEY);
            writer.Attribute(NFTA_DATA_VALUE, address);
            writer.End(key);
            writer.End(element);
        }

        writer.End(all);
        table.Append(writer);
    }

    /// <summary><c>ip daddr @addresses drop</c>.</summary>
    private void WriteDropRule(bool isV4)
    {
        var writer = table.BeginRule(out var expressions);
        FilterExpressions.Payload(ref writer, NFT_PAYLOAD_NETWORK_HEADER, isV4 ? 16u : 24u, isV4 ? 4u : 16u);
        FilterExpressions.Lookup(ref writer, SetName, SetId);
        FilterExpressions.Verdict(ref writer, NF_DROP);
        table.EndRule(writer, expressions);
    }

    /// <summary><c>meta l4proto ipv6-icmp icmpv6 type TYPE accept</c>.</summary>
    private void WriteNeighbourRule(byte type)
    {
        var writer = table.BeginRule(out var expressions);
        FilterExpressions.Meta(ref writer, NFT_META_L4PROTO);
        FilterExpressions.Compare(ref writer, IcmpV6);
        FilterExpressions.Payload(ref writer, NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1);
        FilterExpressions.Compare(ref writer, type);
        FilterExpressions.Verdict(ref writer, NF_ACCEPT);
        table.EndRule(writer, expressions);
    }
}
