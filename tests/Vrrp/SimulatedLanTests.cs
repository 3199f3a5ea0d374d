using Director.Tests.Vrrp.Support;

namespace Director.Tests.Vrrp;

/// <summary>
/// Ten thousand LANs of two to five routers, through storms and calms. In a calm there is a master within the time that the longest timer
/// takes; two that hear each other are not both master for longer than an advert interval, and the higher one stays; after a preemption at
/// most nothing changes any more, and nobody is left out who ranks higher and may preempt; sync groups are together whenever no advert
/// is under way.
/// </summary>
public class SimulatedLanTests
{
    private const int Seeds = 10_000;
    private const int Part = 500;

    public static TheoryData<int> Parts => new(Enumerable.Range(0, Seeds / Part).Select(i => i * Part));

    [Theory]
    [MemberData(nameof(Parts))]
    public void In_a_calm_the_bounds_hold(int first)
    {
        for (var seed = first; seed < first + Part; seed++) SimulatedLan.Check(seed);
    }

    [Fact]
    public void Backups_do_not_take_over_by_turns_from_a_master_of_a_longer_interval() => SimulatedLan.Check(1240);

    [Fact]
    public void A_seed_always_plays_the_same()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (first, second) = (new List<string>(), new List<string>());
            SimulatedLan.Play(seed, first);
            SimulatedLan.Play(seed, second);
            Assert.NotEmpty(first);
            Assert.Equal(first, second);
        }
    }
}
