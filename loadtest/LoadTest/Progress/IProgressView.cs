using Director.LoadScenarios;

namespace Director.LoadTest.Progress;

/// <summary>Shows people how a run goes on. Called by one thread at a time.</summary>
internal interface IProgressView
{
    /// <summary>Something is done, or happens to the lab.</summary>
    void Note(string text);

    /// <summary>A second has passed.</summary>
    /// <param name="elapsed">Since the load began.</param>
    /// <param name="plan">What is played.</param>
    /// <param name="lines">The last second of each scenario, and its sums.</param>
    void Show(TimeSpan elapsed, LoadPlan plan, IReadOnlyList<ProgressLine> lines);
}
