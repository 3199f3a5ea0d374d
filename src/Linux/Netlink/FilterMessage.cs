using System.Runtime.InteropServices;
using Director.Linux.Abi;
using static Director.Linux.Abi.FilterAbi;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Messages about the programs at a device's entry into the stack: <c>struct tcmsg</c> (rtnetlink(7)) and attributes.
/// <code>
///  0        1     4       8        12       16     20
///  | family | pad | index | handle | parent | info | attributes…
/// </code>
/// A filter is found by its preference and its handle, so that setting one again replaces it.
/// </summary>
internal static class FilterMessage
{
    /// <summary>Preference 1: nobody is asked before.</summary>
    public const ushort Preference = 1;

    /// <summary>The handle among filters of that preference; a number that nobody gets by leaving it to the kernel.</summary>
    public const uint Handle = 0x44495200;

    /// <summary>Asks for the place that filters stand in (tc-clsact).</summary>
    public static ReadOnlySpan<byte> WriteClsact(Span<byte> buffer, uint sequence, int linkIndex)
    {
        var writer = new NetlinkWriter(buffer, RTM_NEWQDISC, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, sequence);
        WriteFixed(writer.Fixed(TcMessageSize), linkIndex, ClsactHandle, TC_H_CLSACT, 0);
        writer.Attribute(TCA_KIND, "clsact");
        return writer.Finish();
    }

    /// <summary>Asks for a program at the device's entry.</summary>
    public static ReadOnlySpan<byte> WriteSet(Span<byte> buffer, uint sequence, int linkIndex, int program, string name)
    {
        Span<byte> options = stackalloc byte[64];
        var length = WriteOptions(options, program, name);
        var writer = new NetlinkWriter(buffer, RTM_NEWTFILTER, NLM_F_ACK | NLM_F_CREATE, sequence);
        WriteFixed(writer.Fixed(TcMessageSize), linkIndex, Handle, IngressFilters, Info);
        writer.Attribute(TCA_KIND, "bpf");
        writer.Attribute(TCA_OPTIONS | NLA_F_NESTED, options[..length]);
        return writer.Finish();
    }

    /// <summary>Asks for it to be removed.</summary>
    public static ReadOnlySpan<byte> WriteRemove(Span<byte> buffer, uint sequence, int linkIndex)
    {
        var writer = new NetlinkWriter(buffer, RTM_DELTFILTER, NLM_F_ACK, sequence);
        WriteFixed(writer.Fixed(TcMessageSize), linkIndex, Handle, IngressFilters, Info);
        writer.Attribute(TCA_KIND, "bpf");
        return writer.Finish();
    }

    // Preference above, protocol in network order below: TC_H_MAKE(prio << 16, htons(ETH_P_ALL)).
    private static uint Info => (uint)Preference << 16 | PacketAbi.AllProtocols;

    private static void WriteFixed(Span<byte> message, int linkIndex, uint handle, uint parent, uint info)
    {
        MemoryMarshal.Write(message[4..], linkIndex);
        MemoryMarshal.Write(message[8..], handle);
        MemoryMarshal.Write(message[12..], parent);
        MemoryMarshal.Write(message[16..], info);
    }

    private static int WriteOptions(Span<byte> buffer, int program, string name)
    {
        // Attributes inside an attribute; the writer's header is cut off.
        Span<byte> message = stackalloc byte[HeaderSize + buffer.Length];
        var writer = new NetlinkWriter(message, 0, 0, 0);
        writer.Attribute(TCA_BPF_FD, (uint)program);
        writer.Attribute(TCA_BPF_NAME, name);
        writer.Attribute(TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT);
        var attributes = writer.Finish()[HeaderSize..];
        attributes.CopyTo(buffer);
        return attributes.Length;
    }
}
