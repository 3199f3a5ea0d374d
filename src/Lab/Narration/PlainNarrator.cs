using System.Globalization;
using Director.Lab.Scenarios;

namespace Director.Lab.Narration;

/// <summary>One line per event, stamped with the seconds since the start: for pipes, files and CI.</summary>
internal sealed class PlainNarrator(TextWriter output, TimeProvider clock) : INarrator
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(5);
    private readonly long _begun = clock.GetTimestamp();
    private string _waiting = "";
    private TimeSpan _told;

    /// <inheritdoc/>
    public void Scenario(string name, string about) => Line("", $"== {name}: {about}");

    /// <inheritdoc/>
    public void Step(string title) => Line("-> ", title);

    /// <inheritdoc/>
    public void Note(string text) => Line("   ", text);

    /// <inheritdoc/>
    public void Expectation(Expectation expectation) =>
        Line("   ", $"{(expectation.Held ? "✓" : "✗ FAILED:")} {expectation.What} ({expectation.Seen})");

    /// <inheritdoc/>
    public void Show(Scene scene)
    {
        if (scene.Waiting != _waiting) (_waiting, _told) = (scene.Waiting, TimeSpan.Zero);
        if (scene.Waiting.Length == 0 || scene.Waited - _told < ProgressPeriod) return;
        _told = scene.Waited;
        Line("   ", $"… {scene.Waiting}? {ScenarioRun.Seconds(scene.Waited)} of at most {ScenarioRun.Seconds(scene.Patience)}");
    }

    private void Line(string mark, string text)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetElapsedTime(_begun).TotalSeconds,6:0.0}  {mark}{text}"));
        output.Flush();
    }
}
