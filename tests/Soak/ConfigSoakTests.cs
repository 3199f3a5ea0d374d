using System.Diagnostics;
using Director.Tests.Config;
using Xunit.Abstractions;

namespace Director.Tests.Soak;

/// <summary>
/// The reader and linter of configurations, fed with texts from fresh seeds: no exception, no text that takes a second, no growth.
/// </summary>
[Trait("Category", "Soak")]
[Collection("kernel")]
public sealed class ConfigSoakTests(ITestOutputHelper output)
{
    private const int TextsPerSeed = 100;
    private const long MaxGrowth = 256 << 20;

    /// <summary>Played before anything is timed, so that it is not the first and slow versions of the code that are.</summary>
    private const int SeedsToWarmUp = 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);

    [Fact]
    public void Whatever_the_text_it_is_read_and_what_is_wrong_is_located()
    {
        for (var seed = 0; seed < SeedsToWarmUp; seed++) Play(seed, ConfigFuzz.Check);
        using var process = Process.GetCurrentProcess();
        var (before, longest, texts) = (process.WorkingSet64, TimeSpan.Zero, 0L);
        var processor = process.TotalProcessorTime;
        Seeds.Play(1, output, seed => Play(seed, Check));

        process.Refresh();
        output.WriteLine($"{texts} texts in {(process.TotalProcessorTime - processor).TotalSeconds:F0} s of processor time, the longest in "
            + $"{longest.TotalMilliseconds:F0} ms; memory grew from {before >> 20} to at most {process.PeakWorkingSet64 >> 20} MiB");
        Assert.True(process.PeakWorkingSet64 - before < MaxGrowth, $"memory grew from {before} to {process.PeakWorkingSet64}");

        void Check(string text, string what)
        {
            // The lesser of two: the machine may be busy with others, and the process with its compiler.
            var (clock, processorThen) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            ConfigFuzz.Lint(text);
            var processorTime = Environment.CpuUsage.TotalTime - processorThen;
            var time = processorTime < clock.Elapsed ? processorTime : clock.Elapsed;
            texts++;
            if (time > longest) longest = time;
            Assert.True(time < MaxTime, $"{what}: took {time}\n{text}");
            ConfigFuzz.Check(text, what);
        }
    }

    private static void Play(int seed, Action<string, string> check)
    {
        var random = new Random(seed);
        for (var text = 0; text < TextsPerSeed; text++)
        {
            check(ConfigFuzz.Characters(random), $"characters, text {text}");
            check(ConfigFuzz.AnyWords(random), $"words, text {text}");
            check(ConfigFuzz.AnyMakers(random), $"definitions, text {text}");
            check(ConfigFuzz.MutatedExample(random), $"example, text {text}");
        }
    }
}
