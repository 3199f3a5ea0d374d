using Director.Datapath.Stats;

namespace Director.Tests.Datapath.Stats;

/// <summary>The estimator's arithmetic (Linux net/netfilter/ipvs/ip_vs_est.c), number by number.</summary>
public sealed class TrafficMeterTests
{
    private readonly TrafficMeter _meter = new();

    [Fact]
    public void The_first_tick_shows_what_the_kernel_shows()
    {
        // Linux 6.1, five connections of seven packets and 280 bytes between two ticks.
        _meter.Tick(new(5, 7, 280, 7, 280));

        Assert.Equal(new(new(5, 7, 280, 7, 280), new(1, 1, 35, 1, 35)), _meter.Shown);
    }

    [Fact]
    public void A_steady_rate_is_approached_by_a_quarter_of_what_is_missing()
    {
        // 1000 in two seconds: 512,000 in 1/1024; the mean is 128,000, 224,000, 296,000, 350,000, …
        long[] expected = [125, 219, 289, 342, 381, 411];
        for (var tick = 1; tick <= expected.Length; tick++)
        {
            _meter.Tick(new(1000 * tick, 1000 * tick, 1000 * tick));
            Assert.Equal((expected[tick - 1], expected[tick - 1]), (_meter.Shown.Rates.Connections, _meter.Shown.Rates.InPackets));
            Assert.Equal(expected[tick - 1], _meter.Shown.Rates.InBytes);
        }

        for (var tick = expected.Length + 1; tick <= 100; tick++) _meter.Tick(new(1000 * tick, 1000 * tick, 1000 * tick));
        Assert.Equal(new TrafficRates(500, 500, 500, 0, 0), _meter.Shown.Rates);
    }

    [Fact]
    public void Without_traffic_a_rate_falls_to_nothing_as_the_shift_rounds_down_below_zero_too()
    {
        _meter.Tick(new(0, 0, 6));

        // 6 bytes: 96 in 1/32; the mean is 24, and then 24 - 6, 18 - 5, 13 - 4, 9 - 3, 6 - 2, 4 - 1, 3 - 1, 2 - 1, 1 - 1.
        long[] expected = [1, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(1, _meter.Shown.Rates.InBytes);
        foreach (var rate in expected)
        {
            _meter.Tick(new(0, 0, 6));
            Assert.Equal(rate, _meter.Shown.Rates.InBytes);
        }

        // It is exactly 0 now: 4 bytes give (4 << 4) / 4 = 16 of 32, just a half. A mean left at 3 would give 3 + 15, and show 1.
        _meter.Tick(new(0, 0, 10));
        Assert.Equal(0, _meter.Shown.Rates.InBytes);
    }

    [Fact]
    public void Rounding_is_half_down()
    {
        // One connection: 512 / 4 = 128, of 1024. Four: 512, just a half, is shown as 0. Five: 640 is shown as 1.
        _meter.Tick(new(4, 0, 0));
        Assert.Equal(0, _meter.Shown.Rates.Connections);
        _meter.Zero();
        _meter.Tick(new(9, 0, 0));
        Assert.Equal(1, _meter.Shown.Rates.Connections);
    }

    [Fact]
    public void What_is_shown_is_as_old_as_the_last_tick_and_zero_is_that_tick_too()
    {
        _meter.Tick(new(5, 7, 280));
        _meter.Zero();
        Assert.Equal(default, _meter.Shown);

        _meter.Tick(new(6, 8, 320));
        Assert.Equal(new ServerTraffic(1, 1, 40), _meter.Shown.Traffic);

        // After Zero only what came since the tick before it makes a rate: 1 connection, 128 of 1024.
        Assert.Equal(new TrafficRates(0, 0, 5, 0, 0), _meter.Shown.Rates);
    }

    [Fact]
    public void A_hundred_gigabits_for_years_do_not_overflow()
    {
        var bytes = 0L;
        for (var tick = 0; tick < 60; tick++) _meter.Tick(new(0, 0, bytes += 25_000_000_000));
        Assert.Equal(12_500_000_000, _meter.Shown.Rates.InBytes, 12_500_000_000 * 1e-6);
    }
}
