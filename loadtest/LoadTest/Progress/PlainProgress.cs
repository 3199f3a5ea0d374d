using System.Globalization;
using Director.LoadScenarios;

namespace Director.LoadTest.Progress;

/// <summary>Lines, for pipes, files and CI: what happens, and every five seconds how it goes on.</summary>
internal sealed class PlainProgress(TextWriter output, TimeProvider clock) : IProgressView
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly long _begun = clock.GetTimestamp();
    private TimeSpan _told;

    /// <inheritdoc/>
    public void Note(string text)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetElapsedTime(_begun).TotalSeconds,6:0.0}  {text}"));
        output.Flush();
    }

    /// <inheritdoc/>
    public void Show(TimeSpan elapsed, LoadPlan plan, IReadOnlyList<ProgressLine> lines)
    {
        if (elapsed - _told < Period) return;
        _told = elapsed;
        foreach (var line in lines)
            Note(string.Create(CultureInfo.InvariantCulture,
                $"   {line.Scenario}: {line.Ended}/s, p99 {line.P99.TotalMilliseconds:0.00} ms, " +
                $"{line.TotalFailed} of {line.Total} failed"));
    }
}
