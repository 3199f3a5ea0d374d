using Director.Tests.Config;
using Director.Tests.Datapath;
using Director.Tests.Vrrp.Support;
using Xunit.Abstractions;

namespace Director.Tests.Soak;

/// <summary>What the test suite plays from a few fixed seeds, played from as many fresh ones as there is time for.</summary>
[Trait("Category", "Soak")]
[Collection("kernel")]
public sealed class SeededSoakTests(ITestOutputHelper output)
{
    private const int TextsPerSeed = 100;

    [Fact]
    public void After_any_misfortune_exactly_one_living_router_is_master() =>
        Seeds.Play(0.15, output, seed => SimulatedLan.Check(seed, rounds: 10));

    [Fact]
    public void Whatever_the_text_it_is_read_and_what_is_wrong_is_located() => Seeds.Play(0.15, output, seed =>
    {
        var random = new Random(seed);
        for (var text = 0; text < TextsPerSeed; text++)
        {
            ConfigFuzz.Check(ConfigFuzz.Characters(random), $"characters, text {text}");
            ConfigFuzz.Check(ConfigFuzz.AnyWords(random), $"words, text {text}");
            ConfigFuzz.Check(ConfigFuzz.MutatedExample(random), $"example, text {text}");
        }
    });

    [Fact]
    public void Whatever_the_frames_each_is_decided_and_counted_and_nothing_stays() =>
        Seeds.Play(0.15, output, seed => HostileFrames.Play(seed));
}
