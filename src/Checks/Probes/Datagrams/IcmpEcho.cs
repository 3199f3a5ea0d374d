using System.Buffers.Binary;
using Director.Net;

namespace Director.Checks.Probes;

/// <summary>
/// Echo request and reply (RFC 792, RFC 4443 §4.1). Pure.
/// <code>
///  0      1      2         4      6      8
/// +------+------+---------+------+------+---------+
/// | type | code |checksum |  id  | seq  | text …  |
/// +------+------+---------+------+------+---------+
/// </code>
/// </summary>
internal static class IcmpEcho
{
    /// <summary>Bytes before the text.</summary>
    public const int HeaderSize = 8;

    private const int RequestV4 = 8, ReplyV4 = 0, RequestV6 = 128, ReplyV6 = 129;

    /// <summary>
    /// A request. The kernel fills in the checksum of version 6, which covers addresses, and the id of an unprivileged socket.
    /// </summary>
    public static byte[] Request(bool isV4, ushort id, ushort sequence)
    {
        var message = new byte[HeaderSize + ProbeText.UsualLength];
        message[0] = (byte)(isV4 ? RequestV4 : RequestV6);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), sequence);
        ProbeText.Bytes(ProbeText.UsualLength).CopyTo(message.AsSpan(HeaderSize));
        if (isV4) BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Checksum.Compute(message));
        return message;
    }

    /// <summary>Whether this is the reply to a request.</summary>
    /// <param name="packet">What came.</param>
    /// <param name="isV4">Of which family.</param>
    /// <param name="hasIpHeader">Whether an IPv4 header stands before it, as raw sockets have it.</param>
    /// <param name="id">Of the request; null where the kernel has seen to it.</param>
    /// <param name="sequence">Of the request.</param>
    public static bool IsReply(ReadOnlySpan<byte> packet, bool isV4, bool hasIpHeader, ushort? id, ushort sequence)
    {
        if (hasIpHeader)
        {
            var header = packet.IsEmpty ? 0 : (packet[0] & 0xf) * 4;
            if (header < 20 || packet.Length < header) return false;
            packet = packet[header..];
        }

        return packet.Length >= HeaderSize && packet[0] == (isV4 ? ReplyV4 : ReplyV6) && packet[1] == 0
            && (id is null || BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) == id)
            && BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) == sequence;
    }
}
