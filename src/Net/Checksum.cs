using System.Buffers.Binary;

namespace Director.Net;

/// <summary>The Internet checksum: one's-complement sum of 16-bit words (RFC 1071), and its incremental update (RFC 1624).</summary>
public static class Checksum
{
    /// <summary>
    /// Adds <paramref name="data"/> to a running sum; an odd last byte counts as the high half of a word. The sum is not folded:
    /// pass it on, then call <see cref="Finish"/>. Good for 64 KiB and more.
    /// </summary>
    public static ulong Add(ReadOnlySpan<byte> data, ulong sum = 0)
    {
        while (data.Length >= 4)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(data);
            data = data[4..];
        }

        if (data.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(data);
            data = data[2..];
        }

        return data.IsEmpty ? sum : sum + ((ulong)data[0] << 8);
    }

    /// <summary>Folds a running sum and complements it: the value for the header field, in host order.</summary>
    public static ushort Finish(ulong sum)
    {
        sum = (sum & 0xffff_ffff) + (sum >> 32);
        sum = (sum & 0xffff_ffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>
    /// The checksum of <paramref name="data"/>, whose own checksum field is zero. Over data with a correct field it is 0.
    /// </summary>
    public static ushort Compute(ReadOnlySpan<byte> data) => Finish(Add(data));

    /// <summary>
    /// The checksum after one covered 16-bit word changes from <paramref name="oldWord"/> to <paramref name="newWord"/>
    /// (RFC 1624 eqn. 3: HC' = ~(~HC + ~m + m')). Host order throughout.
    /// </summary>
    public static ushort Update(ushort checksum, ushort oldWord, ushort newWord)
    {
        var sum = (uint)(ushort)~checksum + (ushort)~oldWord + newWord;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>
    /// The checksum after covered words have changed, by as much as <see cref="ChangeOf(ushort,ushort)"/> says of each, in all less than
    /// 2^31.
    /// </summary>
    public static ushort Update(ushort checksum, uint change)
    {
        var sum = (ushort)~checksum + change;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>What a covered 16-bit word's change adds to the sum (RFC 1624 eqn. 3: ~m + m').</summary>
    public static uint ChangeOf(ushort oldWord, ushort newWord) => (uint)(ushort)~oldWord + newWord;

    /// <summary>The same of an address that another one of its family takes the place of.</summary>
    public static uint ChangeOf(IpAddress128 oldAddress, IpAddress128 newAddress)
    {
        var change = 0u;
        var (oldUpper, newUpper) = (oldAddress.Upper, newAddress.Upper);
        var (oldLower, newLower) = (oldAddress.Lower, newAddress.Lower);
        for (var shift = 0; shift < 64; shift += 16)
        {
            change += ChangeOf((ushort)(oldLower >> shift), (ushort)(newLower >> shift));
            change += ChangeOf((ushort)(oldUpper >> shift), (ushort)(newUpper >> shift));
        }

        return change;
    }

    /// <summary>
    /// The sum of the IPv4 pseudo-header that TCP, UDP and VRRPv3 cover (RFC 9293 §3.1), to start <see cref="Add"/> with.
    /// </summary>
    public static ulong PseudoHeaderV4(uint source, uint destination, IpProtocol protocol, int length) =>
        (ulong)source + destination + (byte)protocol + (uint)length;

    /// <summary>The same of IPv6 (RFC 8200 §8.1).</summary>
    public static ulong PseudoHeaderV6(IpAddress128 source, IpAddress128 destination, IpProtocol protocol, int length) =>
        Halves(source) + Halves(destination) + (byte)protocol + (uint)length;

    private static ulong Halves(IpAddress128 address) =>
        (address.Upper >> 32) + (uint)address.Upper + (address.Lower >> 32) + (uint)address.Lower;
}
