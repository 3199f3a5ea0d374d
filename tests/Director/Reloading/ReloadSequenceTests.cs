using Director.Net;
using Director.Reloading;

namespace Director.Tests.Reloading;

/// <summary>Random configurations, one after the other, given to a director without a kernel.</summary>
public sealed class ReloadSequenceTests
{
    private const int Sequences = 100, MostReloads = 8;

    [Fact]
    public async Task A_hundred_sequences_of_reloads_end_as_a_cold_start_with_the_last_file()
    {
        var seed = Random.Shared.Next();
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var random = new Random(seed + sequence);
            var configs = new RandomConfig(random);
            await using var reloaded = new ReloadedDirector();
            var text = "";
            for (var reloads = 1 + random.Next(MostReloads); reloads > 0; reloads--)
            {
                var before = reloaded.Servers();
                reloaded.Reload(text = configs.Next());
                foreach (var (key, state) in reloaded.Servers())
                    if (before.TryGetValue(key, out var same)) Assert.Same(same, state);
                reloaded.SetHealth(ServerOf(random), random.Next(3) > 0);
                Assert.Empty(reloaded.Reload(text));
            }

            await using var started = new ReloadedDirector();
            started.Reload(text);
            for (var server = 1; server <= 7; server++)
            {
                var (address, isUp) = (IpAddress128.FromV4(0x0a02_0000 + (uint)server), random.Next(3) > 0);
                reloaded.SetHealth(address, isUp);
                started.SetHealth(address, isUp);
            }

            Assert.True(started.Describe() == reloaded.Describe(),
                $"seed {seed + sequence}\n{text}\nstarted\n{started.Describe()}\nreloaded\n{reloaded.Describe()}");
        }
    }

    /// <summary>Each of the parts is the first that refuses, once before and once after it has had something to undo.</summary>
    [Fact]
    public async Task A_reload_that_is_refused_at_any_stage_leaves_everything_as_it_was()
    {
        var seed = Random.Shared.Next();
        for (var round = 0; round < 20; round++)
        {
            var random = new Random(seed + round);
            var configs = new RandomConfig(random);
            await using var director = new ReloadedDirector();
            director.Reload(configs.Next());
            director.SetHealth(ServerOf(random), isUp: false);
            // The last place is behind the VRRP process, and nobody is there who could refuse.
            for (var place = 0; place < director.Parts; place++)
            {
                var next = configs.Next();
                var (config, description, servers) = (director.Core.Config, director.Describe(), director.Servers());
                var refusal = Assert.Throws<ReloadRefusedException>(() => director.Reload(next, failing: place));

                Assert.Contains("the part that refuses", refusal.Message, StringComparison.Ordinal);
                Assert.Same(config, director.Core.Config);
                Assert.True(description == director.Describe(),
                    $"seed {seed + round}, place {place}\n{next}\nbefore\n{description}\nafter\n{director.Describe()}");
                foreach (var (key, state) in director.Servers()) Assert.Same(servers[key], state);
                director.Reload(next);
            }
        }
    }

    private static IpAddress128 ServerOf(Random random) => IpAddress128.FromV4(0x0a02_0001 + (uint)random.Next(7));
}
