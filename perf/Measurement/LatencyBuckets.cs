namespace Director.Perf.Measurement;

/// <summary>
/// Log-linear buckets for 32 bits of nanoseconds: 32 to each power of two, so that a value is known to 3 %, as HdrHistogram has them.
/// </summary>
internal static class LatencyBuckets
{
    /// <summary>Bits of a value that are kept.</summary>
    public const int OctaveBits = 5;

    /// <summary>Buckets to each power of two.</summary>
    public const int PerOctave = 1 << OctaveBits;

    /// <summary>How many there are.</summary>
    public const int Count = (32 - OctaveBits + 1) * PerOctave;

    /// <summary>A value is shifted right by each of these that leaves it at least <see cref="PerOctave"/>.</summary>
    public static ReadOnlySpan<int> Shifts => [16, 8, 4, 2, 1];

    /// <summary>The bucket of a value.</summary>
    public static int Of(uint nanoseconds)
    {
        var bucket = 0;
        foreach (var shift in Shifts)
        {
            if (nanoseconds < (ulong)PerOctave << shift) continue;
            nanoseconds >>= shift;
            bucket += shift << OctaveBits;
        }

        return bucket + (int)nanoseconds;
    }

    /// <summary>The largest value of a bucket.</summary>
    public static uint Highest(int bucket)
    {
        var shift = Math.Max(0, bucket / PerOctave - 1);
        var value = (ulong)(bucket - shift * PerOctave);
        return (uint)((value + 1 << shift) - 1);
    }
}
