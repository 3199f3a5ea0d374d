using System.Buffers.Binary;
using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Net;
using static Director.Linux.Abi.NetfilterAbi;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Vrrp;

/// <summary>
/// Keeps packets to some addresses from the host's sockets (RFC 9568 §6.1, Accept_Mode false): a table of nftables for each family, whose
/// only chain drops on the way in. Neighbour solicitations and advertisements pass, for without them nobody would find the address. What
/// the datapath takes never comes that far. A table that is there, a killed predecessor's too, is replaced. One thread.
/// </summary>
internal sealed class AcceptFilter : IDisposable
{
    /// <summary>How the names of the tables begin, as <c>nft list ruleset</c> shows them; the interface follows.</summary>
    public const string Prefix = "director-";

    // Of one message; a length has 16 bits.
    private const int ElementsPerMessage = 1000;
    private const int BytesPerElement = 32;
    private const string Chain = "no_accept";
    private const string SetName = "addresses";
    private const int MessageSize = 4096;
    private const uint SetId = 1;

    // Before the chains of others at priority 0, as keepalived's.
    private const int Priority = -1;

    private const uint NeighbourSolicitation = 135;
    private const uint NeighbourAdvertisement = 136;
    private const uint IcmpV6 = 58;

    private byte[] _message = [];
    private string _table = "";
    private NetlinkSocket? _socket;
    private uint _sequence;
    private int _length;

    /// <summary>
    /// Whether the kernel may have tables: the module is loaded, or it is no module. Asking the kernel itself would load it.
    /// </summary>
    public static bool MayBeThere()
    {
        if (Directory.Exists("/sys/module/nf_tables")) return true;
        var modules = $"/lib/modules/{File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}";
        if (!Directory.Exists(modules)) return true;
        var builtIn = Path.Combine(modules, "modules.builtin");
        return File.Exists(builtIn) && File.ReadLines(builtIn).Any(line => line.EndsWith("/nf_tables.ko", StringComparison.Ordinal));
    }

    /// <summary>Drops what is for exactly these addresses from now on, of those that routers on an interface have.</summary>
    /// <exception cref="LinuxException">The kernel refused: no privilege, or it is built without nf_tables.</exception>
    public void Set(string interfaceName, IReadOnlyCollection<IpAddress128> addresses)
    {
        _socket ??= new(NETLINK_NETFILTER);
        _table = Prefix + interfaceName;
        _message = new byte[MessageSize + (BytesPerElement * addresses.Count)];
        foreach (var isV4 in (ReadOnlySpan<bool>)[true, false]) Replace(isV4, [.. addresses.Where(address => address.IsV4 == isV4)]);
        _message = [];
    }

    /// <summary>Closes the socket; the tables stay.</summary>
    public void Dispose() => _socket?.Dispose();

    private void Replace(bool isV4, IpAddress128[] addresses)
    {
        // Made, whether it is there or not, then removed with all that is in it: that never fails. One transaction with what follows.
        _length = 0;
        Frame(NFNL_MSG_BATCH_BEGIN);
        Simple(NFT_MSG_NEWTABLE, isV4, NLM_F_CREATE);
        Simple(NFT_MSG_DELTABLE, isV4, 0);
        if (addresses.Length > 0)
        {
            Simple(NFT_MSG_NEWTABLE, isV4, NLM_F_CREATE);
            WriteChain(isV4);
            WriteSet(isV4);
            foreach (var some in addresses.Chunk(ElementsPerMessage)) WriteElements(isV4, some);
            if (!isV4)
            {
                WriteNeighbourRule(NeighbourSolicitation);
                WriteNeighbourRule(NeighbourAdvertisement);
            }

            WriteDropRule(isV4);
        }

        Frame(NFNL_MSG_BATCH_END);
        Exchange(isV4);
    }

    private void Exchange(bool isV4)
    {
        var errno = _socket!.Send(_message.AsSpan(0, _length));
        // Acknowledged is nothing that goes well; a refusal is there when send returns.
        while (errno == 0 && (errno = _socket.Receive()) == 0)
        {
            var datagram = _socket.Datagram;
            while (NetlinkMessage.TryRead(ref datagram, out var message))
            {
                if (message.Type == NLMSG_ERROR && NetlinkError.TryParse(message.Payload, message.Flags, out var error) && error.Errno != 0)
                    throw Refusal(isV4, error.Errno);
            }
        }

        if (errno != Errno.EAGAIN) throw Refusal(isV4, errno);
    }

    private LinuxException Refusal(bool isV4, int errno) => new("netlink(nf_tables)", $"table {(isV4 ? "ip" : "ip6")} {_table}", errno,
        errno is Errno.EPERM or Errno.EACCES ? "run with CAP_NET_ADMIN" : "load nf_tables, or write no 'no_accept'");

    private NetlinkWriter Begin(ushort type, bool isV4, ushort flags)
    {
        var writer = new NetlinkWriter(_message.AsSpan(_length), type, flags, ++_sequence);
        writer.Fixed(GenericSize)[0] = isV4 ? NFPROTO_IPV4 : NFPROTO_IPV6;
        return writer;
    }

    private void End(NetlinkWriter writer) => _length += Align(writer.Finish().Length);

    private void Frame(ushort type)
    {
        var writer = new NetlinkWriter(_message.AsSpan(_length), type, 0, ++_sequence);
        BinaryPrimitives.WriteUInt16BigEndian(writer.Fixed(GenericSize)[2..], NFNL_SUBSYS_NFTABLES);
        End(writer);
    }

    private void Simple(ushort type, bool isV4, ushort flags)
    {
        var writer = Begin(type, isV4, flags);
        writer.Attribute(NFTA_TABLE_NAME, _table);
        End(writer);
    }

    private void WriteChain(bool isV4)
    {
        var writer = Begin(NFT_MSG_NEWCHAIN, isV4, NLM_F_CREATE);
        writer.Attribute(NFTA_CHAIN_TABLE, _table);
        writer.Attribute(NFTA_CHAIN_NAME, Chain);
        var hook = writer.Begin(NFTA_CHAIN_HOOK);
        Number(ref writer, NFTA_HOOK_HOOKNUM, NF_INET_LOCAL_IN);
        Number(ref writer, NFTA_HOOK_PRIORITY, unchecked((uint)Priority));
        writer.End(hook);
        Number(ref writer, NFTA_CHAIN_POLICY, NF_ACCEPT);
        writer.Attribute(NFTA_CHAIN_TYPE, "filter");
        End(writer);
    }

    private void WriteSet(bool isV4)
    {
        var writer = Begin(NFT_MSG_NEWSET, isV4, NLM_F_CREATE);
        writer.Attribute(NFTA_SET_TABLE, _table);
        writer.Attribute(NFTA_SET_NAME, SetName);
        Number(ref writer, NFTA_SET_KEY_TYPE, isV4 ? NftTypeIpV4 : NftTypeIpV6);
        Number(ref writer, NFTA_SET_KEY_LEN, isV4 ? 4u : 16u);
        Number(ref writer, NFTA_SET_ID, SetId);
        End(writer);
    }

    private void WriteElements(bool isV4, IpAddress128[] addresses)
    {
        var writer = Begin(NFT_MSG_NEWSETELEM, isV4, NLM_F_CREATE);
        writer.Attribute(NFTA_SET_ELEM_LIST_TABLE, _table);
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
        End(writer);
    }

    /// <summary><c>ip daddr @addresses drop</c>.</summary>
    private void WriteDropRule(bool isV4)
    {
        var writer = BeginRule(isV4, out var expressions);
        Payload(ref writer, NFT_PAYLOAD_NETWORK_HEADER, isV4 ? 16u : 24u, isV4 ? 4u : 16u);
        var lookup = BeginExpression(ref writer, "lookup", out var data);
        writer.Attribute(NFTA_LOOKUP_SET, SetName);
        Number(ref writer, NFTA_LOOKUP_SREG, NFT_REG_1);
        Number(ref writer, NFTA_LOOKUP_SET_ID, SetId);
        EndExpression(ref writer, lookup, data);
        Verdict(ref writer, NF_DROP);
        writer.End(expressions);
        End(writer);
    }

    /// <summary><c>meta l4proto ipv6-icmp icmpv6 type TYPE accept</c>.</summary>
    private void WriteNeighbourRule(uint type)
    {
        var writer = BeginRule(isV4: false, out var expressions);
        var meta = BeginExpression(ref writer, "meta", out var data);
        Number(ref writer, NFTA_META_DREG, NFT_REG_1);
        Number(ref writer, NFTA_META_KEY, NFT_META_L4PROTO);
        EndExpression(ref writer, meta, data);
        Compare(ref writer, IcmpV6);
        Payload(ref writer, NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1);
        Compare(ref writer, type);
        Verdict(ref writer, NF_ACCEPT);
        writer.End(expressions);
        End(writer);
    }

    private NetlinkWriter BeginRule(bool isV4, out int expressions)
    {
        var writer = Begin(NFT_MSG_NEWRULE, isV4, NLM_F_CREATE | NLM_F_APPEND);
        writer.Attribute(NFTA_RULE_TABLE, _table);
        writer.Attribute(NFTA_RULE_CHAIN, Chain);
        expressions = writer.Begin(NFTA_RULE_EXPRESSIONS);
        return writer;
    }

    private static int BeginExpression(ref NetlinkWriter writer, string name, out int data)
    {
        var element = writer.Begin(NFTA_LIST_ELEM);
        writer.Attribute(NFTA_EXPR_NAME, name);
        data = writer.Begin(NFTA_EXPR_DATA);
        return element;
    }

    private static void EndExpression(ref NetlinkWriter writer, int element, int data)
    {
        writer.End(data);
        writer.End(element);
    }

    private static void Payload(ref NetlinkWriter writer, uint header, uint offset, uint length)
    {
        var payload = BeginExpression(ref writer, "payload", out var data);
        Number(ref writer, NFTA_PAYLOAD_DREG, NFT_REG_1);
        Number(ref writer, NFTA_PAYLOAD_BASE, header);
        Number(ref writer, NFTA_PAYLOAD_OFFSET, offset);
        Number(ref writer, NFTA_PAYLOAD_LEN, length);
        EndExpression(ref writer, payload, data);
    }

    private static void Compare(ref NetlinkWriter writer, uint octet)
    {
        var compare = BeginExpression(ref writer, "cmp", out var data);
        Number(ref writer, NFTA_CMP_SREG, NFT_REG_1);
        Number(ref writer, NFTA_CMP_OP, NFT_CMP_EQ);
        var value = writer.Begin(NFTA_CMP_DATA);
        writer.Attribute(NFTA_DATA_VALUE, (byte)octet);
        writer.End(value);
        EndExpression(ref writer, compare, data);
    }

    private static void Verdict(ref NetlinkWriter writer, uint verdict)
    {
        var immediate = BeginExpression(ref writer, "immediate", out var data);
        Number(ref writer, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
        var value = writer.Begin(NFTA_IMMEDIATE_DATA);
        var code = writer.Begin(NFTA_DATA_VERDICT);
        Number(ref writer, NFTA_VERDICT_CODE, verdict);
        writer.End(code);
        writer.End(value);
        EndExpression(ref writer, immediate, data);
    }

    private static void Number(ref NetlinkWriter writer, ushort type, uint value) =>
        writer.Attribute(type, BinaryPrimitives.ReverseEndianness(value));
}
