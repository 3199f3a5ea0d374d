using Director.LoadScenarios;
using Director.LoadTest.Engine;

namespace Director.Tests.LoadTest.Engine;

public sealed class ArrivalsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_constant_rate_is_evenly_spaced() =>
        Assert.Equal([125, 375, 625, 875], Milliseconds(Simulation.Inject(4, Second, Second)));

    [Fact]
    public void A_rate_is_for_its_interval() =>
        Assert.Equal([125, 375, 625, 875], Milliseconds(Simulation.Inject(2, 0.5 * Second, Second)));

    [Fact]
    public void A_ramp_begins_at_nothing() => // t² users are due by t
        Assert.Equal([707, 1225, 1581, 1871], Milliseconds(Simulation.RampingInject(4, Second, 2 * Second)));

    [Fact]
    public void A_ramp_begins_where_the_simulation_before_ended() => // 4t − t² more are due by 1 s + t
        Assert.Equal([125, 375, 625, 875, 1129, 1419, 1775, 2293],
            Milliseconds(Simulation.Inject(4, Second, Second), Simulation.RampingInject(0, Second, 2 * Second)));

    [Fact]
    public void A_pause_lets_nobody_come_and_a_ramp_begins_anew_after_it() =>
        Assert.Equal([500, 2000 + 707, 2000 + 1225, 2000 + 1581, 2000 + 1871], Milliseconds(
            Simulation.Inject(1, Second, Second), Simulation.Pause(Second), Simulation.RampingInject(4, Second, 2 * Second)));

    [Theory]
    [InlineData(0, 100, 10, 500)]
    [InlineData(100, 100, 10, 1000)]
    [InlineData(300, 100, 10, 2000)]
    public void As_many_come_as_the_rates_say(int from, int to, int seconds, int users)
    {
        var before = Simulation.Inject(from, Second, Second);

        var arrivals = Arrivals.Of([before, Simulation.RampingInject(to, Second, seconds * Second)]).ToList();

        Assert.Equal(from + users, arrivals.Count);
        Assert.Equal(arrivals.Order(), arrivals);
        Assert.All(arrivals, arrival => Assert.InRange(arrival, TimeSpan.Zero, (1 + seconds) * Second));
    }

    [Fact]
    public void Closed_simulations_let_nobody_come() =>
        Assert.Empty(Milliseconds(Simulation.KeepConstant(5, Second), Simulation.RampingConstant(9, Second)));

    private static IEnumerable<int> Milliseconds(params IReadOnlyList<LoadSimulation> simulations) =>
        Arrivals.Of(simulations).Select(arrival => (int)Math.Round(arrival.TotalMilliseconds));
}
