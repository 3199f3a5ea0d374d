using System.Buffers.Binary;
using System.Text;
using Director.Linux.Netlink;
using static Director.Linux.Abi.NetfilterAbi;

namespace Director.Linux.Vrrp;

/// <summary>The expressions that rules of nftables are made of, each on the first register.</summary>
internal static class FilterExpressions
{
    /// <summary>Bytes of an interface's name as nftables compares it (Linux IFNAMSIZ).</summary>
    private const int InterfaceNameSize = 16;

    /// <summary>Loads bytes of a packet.</summary>
    public static void Payload(ref NetlinkWriter writer, uint header, uint offset, uint length)
    {
        var payload = Begin(ref writer, "payload", out var data);
        Number(ref writer, NFTA_PAYLOAD_DREG, NFT_REG_1);
        Number(ref writer, NFTA_PAYLOAD_BASE, header);
        Number(ref writer, NFTA_PAYLOAD_OFFSET, offset);
        Number(ref writer, NFTA_PAYLOAD_LEN, length);
        End(ref writer, payload, data);
    }

    /// <summary>Loads something that is known of a packet (<c>NFT_META_*</c>).</summary>
    public static void Meta(ref NetlinkWriter writer, uint key)
    {
        var meta = Begin(ref writer, "meta", out var data);
        Number(ref writer, NFTA_META_DREG, NFT_REG_1);
        Number(ref writer, NFTA_META_KEY, key);
        End(ref writer, meta, data);
    }

    /// <summary>Goes on if what was loaded is this octet.</summary>
    public static void Compare(ref NetlinkWriter writer, byte octet) => Compare(ref writer, [octet]);

    /// <summary>Goes on if what was loaded is this interface's name.</summary>
    public static void CompareName(ref NetlinkWriter writer, string interfaceName)
    {
        Span<byte> name = stackalloc byte[InterfaceNameSize];
        name.Clear();
        Encoding.UTF8.GetBytes(interfaceName, name);
        Compare(ref writer, name);
    }

    /// <summary>Goes on if what was loaded is in a set of the same transaction.</summary>
    public static void Lookup(ref NetlinkWriter writer, string set, uint setId)
    {
        var lookup = Begin(ref writer, "lookup", out var data);
        writer.Attribute(NFTA_LOOKUP_SET, set);
        Number(ref writer, NFTA_LOOKUP_SREG, NFT_REG_1);
        Number(ref writer, NFTA_LOOKUP_SET_ID, setId);
        End(ref writer, lookup, data);
    }

    /// <summary>What becomes of a packet that has come this far (<c>NF_*</c>).</summary>
    public static void Verdict(ref NetlinkWriter writer, uint verdict)
    {
        var immediate = Begin(ref writer, "immediate", out var data);
        Number(ref writer, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
        var value = writer.Begin(NFTA_IMMEDIATE_DATA);
        var code = writer.Begin(NFTA_DATA_VERDICT);
        Number(ref writer, NFTA_VERDICT_CODE, verdict);
        writer.End(code);
        writer.End(value);
        End(ref writer, immediate, data);
    }

    /// <summary>An attribute that is a number in network order.</summary>
    public static void Number(ref NetlinkWriter writer, ushort type, uint value) =>
        writer.Attribute(type, BinaryPrimitives.ReverseEndianness(value));

    private static void Compare(ref NetlinkWriter writer, scoped ReadOnlySpan<byte> expected)
    {
        var compare = Begin(ref writer, "cmp", out var data);
        Number(ref writer, NFTA_CMP_SREG, NFT_REG_1);
        Number(ref writer, NFTA_CMP_OP, NFT_CMP_EQ);
        var value = writer.Begin(NFTA_CMP_DATA);
        writer.Attribute(NFTA_DATA_VALUE, expected);
        writer.End(value);
        End(ref writer, compare, data);
    }

    private static int Begin(ref NetlinkWriter writer, string name, out int data)
    {
        var element = writer.Begin(NFTA_LIST_ELEM);
        writer.Attribute(NFTA_EXPR_NAME, name);
        data = writer.Begin(NFTA_EXPR_DATA);
        return element;
    }

    private static void End(ref NetlinkWriter writer, int element, int data)
    {
        writer.End(data);
        writer.End(element);
    }
}
