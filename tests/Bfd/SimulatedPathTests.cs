using Director.Tests.Bfd.Support;

namespace Director.Tests.Bfd;

public class SimulatedPathTests
{
    [Fact]
    public void Two_ends_agree_after_every_storm_survive_changed_intervals_and_see_each_other_die()
    {
        var falls = 0;
        for (var seed = 0; seed < 200; seed++) falls += SimulatedPath.Play(seed);
        Assert.True(falls > 1000, $"only {falls} falls: the storms were calm");
    }
}
