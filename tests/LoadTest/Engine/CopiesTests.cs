using System.Globalization;
using Director.LoadScenarios;
using Director.LoadTest.Engine;

namespace Director.Tests.LoadTest.Engine;

public sealed class CopiesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // number: from-until, in milliseconds
    [Fact]
    public void Constant_users_are_there_from_beginning_to_end() =>
        Assert.Equal("0:0-2000 1:0-2000", Told(Simulation.KeepConstant(2, 2 * Second)));

    [Fact]
    public void A_ramp_spaces_those_who_come_and_they_stay() =>
        Assert.Equal("0:0-2000 1:250-2000 2:500-2000 3:750-2000",
            Told(Simulation.RampingConstant(4, Second), Simulation.KeepConstant(4, Second)));

    [Fact]
    public void Who_came_last_leaves_first() =>
        Assert.Equal("0:0-2000 1:250-2000 2:500-2000 3:750-1500",
            Told(Simulation.RampingConstant(4, Second), Simulation.RampingConstant(2, Second)));

    [Fact]
    public void A_pause_and_an_open_simulation_send_all_away() =>
        Assert.Equal("0:0-1000 0:2000-3000", Told(
            Simulation.KeepConstant(1, Second), Simulation.Pause(Second), Simulation.KeepConstant(1, Second),
            Simulation.Inject(5, Second, Second)));

    [Fact]
    public void Fewer_constant_users_means_that_some_leave_at_once() =>
        Assert.Equal("0:0-2000 1:0-1000", Told(Simulation.KeepConstant(2, Second), Simulation.KeepConstant(1, Second)));

    private static string Told(params IReadOnlyList<LoadSimulation> simulations) =>
        string.Join(' ', Copies.Of(simulations).Select(copy => string.Create(CultureInfo.InvariantCulture,
            $"{copy.Number}:{copy.From.TotalMilliseconds:0}-{copy.Until.TotalMilliseconds:0}")));
}
