using System.Buffers.Binary;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>Datagrams in pieces.</summary>
internal static class Fragments
{
    /// <summary>Cuts an IPv4 packet into pieces of <paramref name="size"/> bytes of payload, a multiple of eight.</summary>
    public static List<byte[]> Cut(byte[] frame, int size, ushort identification)
    {
        var pieces = new List<byte[]>();
        var payload = frame[34..];
        for (var at = 0; at < payload.Length; at += size)
        {
            var length = Math.Min(size, payload.Length - at);
            byte[] piece = [.. frame[..34], .. payload[at..(at + length)]];
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(16), (ushort)(20 + length));
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(18), identification);
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(20), (ushort)(at / 8 | (at + length < payload.Length ? 0x2000 : 0)));
            FixHeaderChecksum(piece);
            pieces.Add(piece);
        }

        return pieces;
    }
}
