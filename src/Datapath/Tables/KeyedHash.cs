using System.Runtime.CompilerServices;

namespace Director.Datapath.Tables;

/// <summary>
/// A fast hash under a secret: two 64×64→128 bit multiplications folded onto themselves, as wyhash does. Whoever does not know the
/// seed cannot aim packets at one bucket.
/// </summary>
internal readonly struct KeyedHash
{
    private readonly ulong _secret0;
    private readonly ulong _secret1;
    private readonly ulong _secret2;

    /// <summary>Derives the secrets from <paramref name="seed"/>, which the caller draws at random once per process.</summary>
    public KeyedHash(ulong seed)
    {
        _secret0 = Spread(ref seed);
        _secret1 = Spread(ref seed);
        _secret2 = Spread(ref seed);
    }

    /// <summary>64 well-mixed bits of the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(ulong upper, ulong lower, ulong tail) => Fold(Fold(upper ^ _secret0, lower ^ _secret1) ^ tail, _secret2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    /// <summary>SplitMix64: the usual way to make several good secrets of one seed. Odd, so that no multiplication is by zero.</summary>
    private static ulong Spread(ref ulong seed)
    {
        var mixed = seed += 0x9e37_79b9_7f4a_7c15;
        mixed = (mixed ^ mixed >> 30) * 0xbf58_476d_1ce4_e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d0_49bb_1331_11eb;
        return (mixed ^ mixed >> 31) | 1;
    }
}
