using System.Buffers.Binary;
using Director.Net;

namespace Director.Linux.PacketMmap;

/// <summary>
/// The checksum of a packet whose sender is on this machine: its field holds the pseudo-header's sum alone, and the hardware was to do the
/// rest (Linux include/linux/skbuff.h, CHECKSUM_PARTIAL).
/// </summary>
internal static class PartialChecksum
{
    /// <summary>Completes it; false if the field is not inside the frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="start">Where the covered part begins, which goes on to the frame's end.</param>
    /// <param name="field">The field's place in the covered part.</param>
    public static bool TryComplete(Span<byte> frame, int start, int field)
    {
        if (start + field + sizeof(ushort) > frame.Length) return false;
        var covered = frame[start..];
        var sum = Checksum.Compute(covered);
        // 0 would say of UDP that there is no checksum; of the others both are zero (Linux net/core/dev.c, skb_checksum_help).
        BinaryPrimitives.WriteUInt16BigEndian(covered[field..], sum == 0 ? ushort.MaxValue : sum);
        return true;
    }
}
