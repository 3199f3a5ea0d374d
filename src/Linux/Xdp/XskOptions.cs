using System.Numerics;

namespace Director.Linux.Xdp;

/// <summary>How a port's sockets are set up.</summary>
public sealed record XskOptions
{
    /// <summary>
    /// Entries of each ring of each socket, a power of two from <see cref="XdpLimits.MinRingEntries"/> to
    /// <see cref="XdpLimits.MaxRingEntries"/>. Memory is taken for two rings of frames per socket.
    /// </summary>
    public int RingEntries { get; init; } = XdpLimits.DefaultRingEntries;

    /// <summary>Have the kernel copy even where a driver could do without: needed when only some of a port's devices could.</summary>
    public bool ForceCopy { get; init; }

    /// <summary>Throws if a value is out of its range.</summary>
    internal void Validate()
    {
        if (!BitOperations.IsPow2(RingEntries) || RingEntries is < XdpLimits.MinRingEntries or > XdpLimits.MaxRingEntries)
        {
            throw new ArgumentOutOfRangeException(nameof(RingEntries), RingEntries,
                $"a ring has a power of two of entries, {XdpLimits.MinRingEntries} to {XdpLimits.MaxRingEntries}");
        }
    }
}
