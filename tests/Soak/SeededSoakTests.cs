using Director.Tests.Datapath;
using Director.Tests.Vrrp.Support;
using Xunit.Abstractions;

namespace Director.Tests.Soak;

/// <summary>What the test suite plays from a few fixed seeds, played from as many fresh ones as there is time for.</summary>
[Trait("Category", "Soak")]
[Collection("kernel")]
public sealed class SeededSoakTests(ITestOutputHelper output)
{
    [Fact]
    public void After_any_misfortune_exactly_one_living_router_is_master() =>
        Seeds.Play(0.15, output, seed => SimulatedLan.Check(seed, rounds: 10));

    [Fact]
    public void Whatever_the_frames_each_is_decided_and_counted_and_nothing_stays() =>
        Seeds.Play(0.15, output, seed => HostileFrames.Play(seed));
}
