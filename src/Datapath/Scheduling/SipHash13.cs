using System.Numerics;

namespace Director.Datapath.Scheduling;

/// <summary>
/// SipHash with one round per word and three at the end, of four bytes under a key whose halves are equal, cut to 32 bits: what
/// <c>hsiphash_1u32</c> is on 64-bit machines (Linux lib/siphash.c; Aumasson and Bernstein, "SipHash: a fast short-input PRF").
/// </summary>
internal static class SipHash13
{
    private const ulong Length = sizeof(uint);

    public static uint Of(ulong keyHalf, uint value)
    {
        var v0 = 0x736f_6d65_7073_6575 ^ keyHalf;
        var v1 = 0x646f_7261_6e64_6f6d ^ keyHalf;
        var v2 = 0x6c79_6765_6e65_7261 ^ keyHalf;
        var v3 = 0x7465_6462_7974_6573 ^ keyHalf;
        var word = Length << 56 | value;
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
        v2 ^= 0xff;
        for (var i = 0; i < 3; i++) Round(ref v0, ref v1, ref v2, ref v3);
        return (uint)(v0 ^ v1 ^ v2 ^ v3);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        unchecked
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
