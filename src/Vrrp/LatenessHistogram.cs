namespace Director.Vrrp;

/// <summary>How late adverts were sent after their ticks, in few fixed buckets. No allocation after construction; one thread.</summary>
public sealed class LatenessHistogram
{
    /// <summary>How many buckets there are: one for each of <see cref="Bounds"/>, and one for what is later than the last.</summary>
    public const int Buckets = 9;

    private readonly long[] _counts = new long[Buckets];

    /// <summary>What a bucket reaches to, itself included, and what that is called.</summary>
    public static IReadOnlyList<(TimeSpan UpTo, string Name)> Bounds { get; } =
    [
        (TimeSpan.FromMicroseconds(100), "100us"), (TimeSpan.FromMilliseconds(1), "1ms"), (TimeSpan.FromMilliseconds(5), "5ms"),
        (TimeSpan.FromMilliseconds(10), "10ms"), (TimeSpan.FromMilliseconds(50), "50ms"), (TimeSpan.FromMilliseconds(100), "100ms"),
        (TimeSpan.FromMilliseconds(500), "500ms"), (TimeSpan.FromSeconds(1), "1s"),
    ];

    /// <summary>How many adverts fell into a bucket and none before it.</summary>
    public long this[int bucket]
    {
        get => _counts[bucket];
        set => _counts[bucket] = value;
    }

    /// <summary>Counts one advert.</summary>
    public void Count(TimeSpan lateness)
    {
        var bucket = 0;
        while (bucket < Buckets - 1 && lateness > Bounds[bucket].UpTo) bucket++;
        _counts[bucket]++;
    }
}
