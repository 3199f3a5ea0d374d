namespace Director.Datapath.Stats;

/// <summary>
/// IPVS's rate estimator for one server or service (Linux net/netfilter/ipvs/ip_vs_est.c): at every tick the mean moves a quarter of
/// the way to the rate since the tick before, in whole numbers that count 1/1024 (bytes: 1/32) per second. What it shows of the traffic
/// is as old as its last tick. One thread.
/// </summary>
internal sealed class TrafficMeter
{
    /// <summary>A delta over two seconds becomes a rate in 1/1024: times 1024, by 2.</summary>
    private const int RateShift = 9;

    /// <summary>The same for bytes, in 1/32.</summary>
    private const int ByteRateShift = 4;

    private const int Scale = 10;
    private const int ByteScale = 5;

    /// <summary>A tick moves the mean by its distance from the present rate over 2^2; the shift rounds down, below zero too.</summary>
    private const int Weight = 2;

    private ServerTraffic _sum;
    private ServerTraffic _zero;
    private ServerTraffic _mean;

    /// <summary>Time between ticks; the arithmetic takes it for granted.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What is shown.</summary>
    public TrafficEstimate Shown => new(_sum - _zero, new(
        Rounded(_mean.Connections, Scale),
        Rounded(_mean.InPackets, Scale),
        Rounded(_mean.InBytes, ByteScale),
        Rounded(_mean.OutPackets, Scale),
        Rounded(_mean.OutBytes, ByteScale)));

    /// <summary>A tick: <paramref name="sum"/> is the traffic since the beginning.</summary>
    public void Tick(ServerTraffic sum)
    {
        var delta = sum - _sum;
        _sum = sum;
        _mean = new(
            Moved(_mean.Connections, delta.Connections << RateShift),
            Moved(_mean.InPackets, delta.InPackets << RateShift),
            Moved(_mean.InBytes, delta.InBytes << ByteRateShift),
            Moved(_mean.OutPackets, delta.OutPackets << RateShift),
            Moved(_mean.OutBytes, delta.OutBytes << ByteRateShift));
    }

    /// <summary>Counts from the last tick on, and forgets the rates (Linux ip_vs_ctl.c, <c>ip_vs_zero_stats</c>).</summary>
    public void Zero()
    {
        _zero = _sum;
        _mean = default;
    }

    private static long Moved(long mean, long rate) => mean + ((rate - mean) >> Weight);

    private static long Rounded(long mean, int scale) => (mean + ((1 << (scale - 1)) - 1)) >> scale;
}
