using Director.Net;

namespace Director.Datapath.Scheduling;

/// <summary>What the kernel's hashing schedulers make of an address.</summary>
internal static class AddressHash
{
    /// <summary>2^32 divided by the golden ratio, negated (Linux include/linux/hash.h, <c>GOLDEN_RATIO_32</c>).</summary>
    private const uint GoldenRatio = 0x61c8_8647;

    /// <summary>An IPv4 address as a number; of an IPv6 address its four words, each as a number, by exclusive or.</summary>
    public static uint Fold(IpAddress128 address)
    {
        if (address.IsV4) return address.V4;
        var folded = address.Upper ^ address.Lower;
        return (uint)(folded >> 32) ^ (uint)folded;
    }

    /// <summary>The upper <paramref name="bits"/> (1–32) of the product with the golden ratio (<c>hash_32</c>).</summary>
    public static int Multiply(uint value, int bits) => (int)(unchecked(value * GoldenRatio) >> (32 - bits));
}
