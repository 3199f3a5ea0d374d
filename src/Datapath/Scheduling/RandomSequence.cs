namespace Director.Datapath.Scheduling;

/// <summary>Pseudo-random numbers that a seed repeats: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). A copy continues on its own.</summary>
internal struct RandomSequence(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to <paramref name="bound"/> - 1; the bias of at most bound / 2^64 does not matter.</summary>
    public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out ulong _);

    private ulong Next()
    {
        unchecked
        {
            var mixed = _state += 0x9e37_79b9_7f4a_7c15;
            mixed = (mixed ^ mixed >> 30) * 0xbf58_476d_1ce4_e5b9;
            mixed = (mixed ^ mixed >> 27) * 0x94d0_49bb_1331_11eb;
            return mixed ^ mixed >> 31;
        }
    }
}
