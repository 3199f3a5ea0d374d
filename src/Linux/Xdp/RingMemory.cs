namespace Director.Linux.Xdp;

/// <summary>
/// Where the parts of one ring stand in memory: two indices that run freely over 32 bits, a word of flags, a power of two of entries.
/// </summary>
/// <param name="Producer">Written by who adds entries.</param>
/// <param name="Consumer">Written by who takes them.</param>
/// <param name="Flags">Written by the kernel.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Size">How many.</param>
internal readonly unsafe record struct RingMemory(nint Producer, nint Consumer, nint Flags, nint Entries, int Size)
{
    /// <summary>The producer's index.</summary>
    public uint* ProducerIndex => (uint*)Producer;

    /// <summary>The consumer's index.</summary>
    public uint* ConsumerIndex => (uint*)Consumer;

    /// <summary>The flags.</summary>
    public uint* FlagWord => (uint*)Flags;
}
