using System.Runtime.InteropServices;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// A view of one netlink message (netlink(7), Linux include/uapi/linux/netlink.h <c>struct nlmsghdr</c>; host byte order).
/// <code>
///  0            4      6      8         12          16
///  | length     | type | flags| sequence| port      | payload, padded to four bytes
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws.
/// </summary>
internal readonly ref struct NetlinkMessage
{
    private readonly ReadOnlySpan<byte> _message;

    private NetlinkMessage(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>What the message is: <c>NLMSG_*</c> or <c>RTM_*</c>.</summary>
    public ushort Type => MemoryMarshal.Read<ushort>(_message[4..]);

    /// <summary><c>NLM_F_*</c>.</summary>
    public ushort Flags => MemoryMarshal.Read<ushort>(_message[6..]);

    /// <summary>The number that the request carried, 0 of an event.</summary>
    public uint Sequence => MemoryMarshal.Read<uint>(_message[8..]);

    /// <summary>What follows the header, without padding.</summary>
    public ReadOnlySpan<byte> Payload => _message[HeaderSize..];

    /// <summary>
    /// Takes the first message off <paramref name="buffer"/>, which moves past it and its padding. False, with the buffer as it was, if
    /// what is left is no whole message.
    /// </summary>
    public static bool TryRead(ref ReadOnlySpan<byte> buffer, out NetlinkMessage message)
    {
        message = default;
        if (buffer.Length < HeaderSize) return false;
        var length = MemoryMarshal.Read<uint>(buffer);
        if (length < HeaderSize || length > (uint)buffer.Length) return false;
        message = new(buffer[..(int)length]);
        buffer = buffer[Math.Min(Align((int)length), buffer.Length)..];
        return true;
    }
}
