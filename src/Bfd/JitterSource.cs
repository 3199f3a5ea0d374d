namespace Director.Bfd;

/// <summary>
/// Random numbers from a seed that is handed in (SplitMix64, Steele, Lea and Flood, OOPSLA 2014): the same seed gives the same numbers.
/// Not for secrets. Allocates nothing.
/// </summary>
/// <param name="seed">Where to begin.</param>
public sealed class JitterSource(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next number.</summary>
    public ulong Next()
    {
        var mixed = _state += 0x9e37_79b9_7f4a_7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58_476d_1ce4_e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number that is not zero, for a discriminator.</summary>
    public uint NextDiscriminator()
    {
        while (true)
        {
            if ((uint)Next() is not 0 and var discriminator) return discriminator;
        }
    }

    /// <summary>
    /// An interval shortened as packets must be (RFC 5880 §6.8.7): to 75–100 %, or 75–90 % where one missed packet is one too many.
    /// </summary>
    public TimeSpan Shorten(TimeSpan interval, byte detectMultiplier)
    {
        var most = detectMultiplier == 1 ? 900UL : 1000UL;
        return TimeSpan.FromTicks(interval.Ticks / 1000 * (long)(750 + (Next() % (most - 750 + 1))));
    }
}
