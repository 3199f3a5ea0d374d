using System.Buffers.Binary;
using Director.Datapath.Offload;
using Director.Net;

namespace Director.Tests.Linux.Xdp;

/// <summary>
/// What the stage has to make of a frame, said again in the plainest way: whether it is one that may be offloaded, of which flow, how many
/// bytes are counted, and how it leaves.
/// </summary>
internal static class FlowModel
{
    private const int Ip = 14;
    private const byte Tcp = 6, Udp = 17;

    /// <summary>The flow that a frame belongs to, if nothing about the frame is unusual.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, MacAddress own, out FlowKey key, out int length)
    {
        (key, length) = (default, 0);
        if (frame.Length < Ip || MacAddress.Read(frame) != own) return false;
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        var packet = frame[Ip..];
        return type switch
        {
            0x0800 => TryReadV4(packet, out key, out length),
            0x86dd => TryReadV6(packet, out key, out length),
            _ => false,
        };
    }

    /// <summary>The frame as it leaves by a flow's slot.</summary>
    public static byte[] Forwarded(ReadOnlySpan<byte> frame, MacAddress destination, MacAddress source)
    {
        var sent = frame.ToArray();
        destination.WriteTo(sent);
        source.WriteTo(sent.AsSpan(6));
        if (sent[Ip] >> 4 == 6)
        {
            sent[Ip + 7]--;
            return sent;
        }

        var before = BinaryPrimitives.ReadUInt16BigEndian(sent.AsSpan(Ip + 8));
        sent[Ip + 8]--;
        var checksum = sent.AsSpan(Ip + 10);
        var after = BinaryPrimitives.ReadUInt16BigEndian(sent.AsSpan(Ip + 8));
        BinaryPrimitives.WriteUInt16BigEndian(checksum,
            Checksum.Update(BinaryPrimitives.ReadUInt16BigEndian(checksum), before, after));
        return sent;
    }

    private static bool TryReadV4(ReadOnlySpan<byte> packet, out FlowKey key, out int length)
    {
        (key, length) = (default, 0);
        if (packet.Length < 20 || packet[0] != 0x45) return false;
        length = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var isPiece = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3fff) != 0;
        if (isPiece || packet[8] <= 1 || Checksum.Compute(packet[..20]) != 0 || length > packet.Length || length < 20) return false;
        return IsPlain(packet[9], packet[20..length]) && TryName(packet[12..16], packet[16..20], packet[9], packet[20..], out key);
    }

    private static bool TryReadV6(ReadOnlySpan<byte> packet, out FlowKey key, out int length)
    {
        (key, length) = (default, 0);
        if (packet.Length < 40 || packet[0] >> 4 != 6) return false;
        length = 40 + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        if (packet[7] <= 1 || length > packet.Length) return false;
        return IsPlain(packet[6], packet[40..length]) && TryName(packet[8..24], packet[24..40], packet[6], packet[40..], out key);
    }

    private static bool IsPlain(byte protocol, ReadOnlySpan<byte> segment) => protocol switch
    {
        // ACK, and neither FIN nor SYN nor RST.
        Tcp => segment.Length >= 20 && (segment[13] & 0b1_0111) == 0b1_0000,
        Udp => segment.Length >= 8,
        _ => false,
    };

    private static bool TryName(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, byte protocol, ReadOnlySpan<byte> segment, out FlowKey key)
    {
        var isV4 = source.Length == 4;
        key = new(
            isV4 ? IpAddress128.ReadV4(source) : IpAddress128.ReadV6(source), BinaryPrimitives.ReadUInt16BigEndian(segment),
            isV4 ? IpAddress128.ReadV4(destination) : IpAddress128.ReadV6(destination), BinaryPrimitives.ReadUInt16BigEndian(segment[2..]),
            (IpProtocol)protocol);
        return true;
    }
}
