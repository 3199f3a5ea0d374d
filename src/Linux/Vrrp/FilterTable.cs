using System.Buffers.Binary;
using Director.Linux.Abi;
using Director.Linux.Netlink;
using static Director.Linux.Abi.NetfilterAbi;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Vrrp;

/// <summary>
/// Replaces tables of nftables over netlink, each in a transaction of its own: <see cref="Begin"/> removes what stands there,
/// <see cref="AddChain"/> and the rest say what is to stand there, <see cref="Commit"/> has it done. One thread.
/// </summary>
internal sealed class FilterTable : IDisposable
{
    /// <summary>How the names of the tables begin, as <c>nft list ruleset</c> shows them; an interface's name follows.</summary>
    public const string Prefix = "director-";

    // Before the chains of others at priority 0, as keepalived's.
    private const int Priority = -1;
    private const int MessageSize = 4096;

    private byte[] _message = [];
    private string _name = "";
    private string _chain = "";
    private bool _isV4;
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

    /// <summary>The next transaction is about this interface's table, which is gone with it unless something is added.</summary>
    /// <param name="isV4">The family.</param>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="elementBytes">Bytes of all elements of sets that will be added.</param>
    /// <exception cref="LinuxException">The kernel refused: it is built without netfilter.</exception>
    public void Begin(bool isV4, string interfaceName, int elementBytes = 0)
    {
        _socket ??= new(NETLINK_NETFILTER);
        (_isV4, _name, _length) = (isV4, Prefix + interfaceName, 0);
        _message = new byte[MessageSize + elementBytes];
        Frame(NFNL_MSG_BATCH_BEGIN);
        // Made, whether it is there or not, then removed with all that is in it: that never fails.
        NameTable(NFT_MSG_NEWTABLE, NLM_F_CREATE);
        NameTable(NFT_MSG_DELTABLE, 0);
    }

    /// <summary>The table, with a chain that all rules added after it are in.</summary>
    /// <param name="name">The chain's name.</param>
    /// <param name="hook"><c>NF_INET_*</c>.</param>
    public void AddChain(string name, uint hook)
    {
        _chain = name;
        NameTable(NFT_MSG_NEWTABLE, NLM_F_CREATE);
        var writer = Message(NFT_MSG_NEWCHAIN, NLM_F_CREATE);
        writer.Attribute(NFTA_CHAIN_TABLE, _name);
        writer.Attribute(NFTA_CHAIN_NAME, name);
        var at = writer.Begin(NFTA_CHAIN_HOOK);
        FilterExpressions.Number(ref writer, NFTA_HOOK_HOOKNUM, hook);
        FilterExpressions.Number(ref writer, NFTA_HOOK_PRIORITY, unchecked((uint)Priority));
        writer.End(at);
        FilterExpressions.Number(ref writer, NFTA_CHAIN_POLICY, NF_ACCEPT);
        writer.Attribute(NFTA_CHAIN_TYPE, "filter");
        Append(writer);
    }

    /// <summary>A rule; its expressions go between this and <see cref="EndRule"/>.</summary>
    public NetlinkWriter BeginRule(out int expressions)
    {
        var writer = Message(NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
        writer.Attribute(NFTA_RULE_TABLE, _name);
        writer.Attribute(NFTA_RULE_CHAIN, _chain);
        expressions = writer.Begin(NFTA_RULE_EXPRESSIONS);
        return writer;
    }

    /// <summary>Ends a rule.</summary>
    public void EndRule(NetlinkWriter writer, int expressions)
    {
        writer.End(expressions);
        Append(writer);
    }

    /// <summary>Begins something else in the table, whose name is its first attribute, of this type.</summary>
    public NetlinkWriter BeginPart(ushort type, ushort tableAttribute)
    {
        var writer = Message(type, NLM_F_CREATE);
        writer.Attribute(tableAttribute, _name);
        return writer;
    }

    /// <summary>Ends what <see cref="BeginPart"/> began.</summary>
    public void Append(NetlinkWriter writer) => _length += Align(writer.Finish().Length);

    /// <summary>Has the transaction done.</summary>
    /// <param name="remedy">What the operator can do if the kernel has no tables.</param>
    /// <exception cref="LinuxException">The kernel refused: no privilege, or it is built without nf_tables.</exception>
    public void Commit(string remedy)
    {
        Frame(NFNL_MSG_BATCH_END);
        var errno = _socket!.Send(_message.AsSpan(0, _length));
        _message = [];
        // Acknowledged is nothing that goes well; a refusal is there when send returns.
        while (errno == 0 && (errno = _socket.Receive()) == 0)
        {
            var datagram = _socket.Datagram;
            while (NetlinkMessage.TryRead(ref datagram, out var message))
            {
                if (message.Type == NLMSG_ERROR && NetlinkError.TryParse(message.Payload, message.Flags, out var error) && error.Errno != 0)
                    throw Refusal(error.Errno, remedy);
            }
        }

        if (errno != Errno.EAGAIN) throw Refusal(errno, remedy);
    }

    /// <summary>Closes the socket; the tables stay.</summary>
    public void Dispose() => _socket?.Dispose();

    private LinuxException Refusal(int errno, string remedy) => new("netlink(nf_tables)", $"table {(_isV4 ? "ip" : "ip6")} {_name}", errno,
        errno is Errno.EPERM or Errno.EACCES ? "run with CAP_NET_ADMIN" : remedy);

    private void Frame(ushort type)
    {
        var writer = new NetlinkWriter(_message.AsSpan(_length), type, 0, ++_sequence);
        BinaryPrimitives.WriteUInt16BigEndian(writer.Fixed(GenericSize)[2..], NFNL_SUBSYS_NFTABLES);
        Append(writer);
    }

    private void NameTable(ushort type, ushort flags)
    {
        var writer = Message(type, flags);
        writer.Attribute(NFTA_TABLE_NAME, _name);
        Append(writer);
    }

    private NetlinkWriter Message(ushort type, ushort flags)
    {
        var writer = new NetlinkWriter(_message.AsSpan(_length), type, flags, ++_sequence);
        writer.Fixed(GenericSize)[0] = _isV4 ? NFPROTO_IPV4 : NFPROTO_IPV6;
        return writer;
    }
}
