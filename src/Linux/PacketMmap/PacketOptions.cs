using System.Numerics;

namespace Director.Linux.PacketMmap;

/// <summary>How a port's sockets are set up.</summary>
public sealed record PacketOptions
{
    /// <summary>
    /// Slots of each receive ring, a power of two from <see cref="PacketLimits.MinRingEntries"/> to
    /// <see cref="PacketLimits.MaxRingEntries"/>.
    /// </summary>
    public int RingEntries { get; init; } = PacketLimits.DefaultRingEntries;

    /// <summary>Throws if a value is out of its range.</summary>
    internal void Validate()
    {
        if (!BitOperations.IsPow2(RingEntries) || RingEntries is < PacketLimits.MinRingEntries or > PacketLimits.MaxRingEntries)
        {
            throw new ArgumentOutOfRangeException(nameof(RingEntries), RingEntries,
                $"a ring has a power of two of entries, {PacketLimits.MinRingEntries} to {PacketLimits.MaxRingEntries}");
        }
    }
}
