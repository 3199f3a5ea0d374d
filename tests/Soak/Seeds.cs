using System.Diagnostics;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Director.Tests.Soak;

/// <summary>Plays something from one fresh seed after another until its share of the time is used up.</summary>
internal static class Seeds
{
    /// <summary>Calls <paramref name="play"/> with each seed; its first failure ends the test, naming the seed.</summary>
    /// <param name="share">The part of <see cref="SoakLimits.Duration"/>.</param>
    /// <param name="output">Told what was played.</param>
    /// <param name="play">Throws if what should hold does not.</param>
    public static void Play(double share, ITestOutputHelper output, Action<int> play)
    {
        var first = SoakLimits.Seed ?? Random.Shared.Next(int.MaxValue / 2);
        var played = 0;
        var time = Stopwatch.StartNew();
        do
        {
            var seed = first + played++;
            try
            {
                play(seed);
            }
            catch (Exception failure)
            {
                throw new XunitException($"seed {seed} (DIRECTOR_SEED={seed} plays it again): {failure.Message}", failure);
            }
        }
        while (SoakLimits.Seed is null && time.Elapsed < share * SoakLimits.Duration);
        output.WriteLine($"{played} seeds from {first} in {time.Elapsed.TotalSeconds:F0} s");
    }
}
