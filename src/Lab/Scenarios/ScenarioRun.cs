using System.Globalization;
using Director.Lab.Client;
using Director.Lab.Narration;
using Director.Net;

namespace Director.Lab.Scenarios;

/// <summary>
/// One scenario under way: the words in which scenarios are written. Steps are told, conditions are waited for, expectations are
/// decided and kept. What a scenario expects does not stop it when it fails, unless the rest would have no meaning (<see
/// cref="RequireAsync"/>).
/// </summary>
/// <param name="name">The scenario's name.</param>
/// <param name="stage">What it plays on.</param>
/// <param name="narrator">Who tells it.</param>
/// <param name="stop">Ends it early.</param>
internal sealed class ScenarioRun(string name, ILabStage stage, INarrator narrator, CancellationToken stop)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);
    private readonly List<Expectation> _expectations = [];
    private StageView? _last;
    private MonoTime? _fault;

    /// <summary>What it plays on.</summary>
    public ILabStage Stage => stage;

    /// <summary>Ends it early.</summary>
    public CancellationToken Stop => stop;

    /// <summary>What was decided so far, in order.</summary>
    public IReadOnlyList<Expectation> Expectations => _expectations;

    /// <summary>A step begins.</summary>
    public void Step(string title) => narrator.Step(title);

    /// <summary>Tells something that is not an expectation.</summary>
    public void Note(string text) => narrator.Note(text);

    /// <summary>Decides an expectation.</summary>
    public bool Expect(string what, bool held, string seen)
    {
        var expectation = new Expectation(name, what, seen, held);
        _expectations.Add(expectation);
        narrator.Expectation(expectation);
        return held;
    }

    /// <summary>Looks, and tells what changed since the last look.</summary>
    public async Task<StageView> LookAsync(string waiting = "", TimeSpan waited = default, TimeSpan patience = default)
    {
        var view = await stage.ObserveAsync(stop);
        if (_last is not null)
            foreach (var change in view.ChangesSince(_last)) narrator.Note(change);
        _last = view;
        narrator.Show(new(view, stage.Requests.Since(stage.Now - TimeSpan.FromSeconds(1)), GapSinceFault(), waiting, waited, patience));
        return view;
    }

    /// <summary>
    /// Waits until <paramref name="condition"/> holds, at most <paramref name="within"/>; decides that expectation. Returns how long it
    /// took, or null if it failed. Waiting ends early if <paramref name="starting"/> names a director that has ended: it will not
    /// become anything.
    /// </summary>
    public async Task<TimeSpan?> UntilAsync(string what, TimeSpan within, Func<StageView, bool> condition, string starting = "")
    {
        var begun = stage.Now;
        while (true)
        {
            var waited = stage.Now - begun;
            var view = await LookAsync(what, waited, within);
            if (condition(view))
            {
                Expect(what, true, $"after {Seconds(waited)}");
                return waited;
            }

            if (view.Directors.Any(director => director.Role == starting && !director.Running))
            {
                Expect(what, false, $"{starting} ended after {Seconds(waited)}");
                return null;
            }

            if (waited >= within)
            {
                Expect(what, false, $"not within {Seconds(within)}");
                return null;
            }

            await stage.PauseAsync(LookPeriod, stop);
        }
    }

    /// <summary>As <see cref="UntilAsync"/>, and the scenario ends if the expectation fails.</summary>
    public async Task RequireAsync(string what, TimeSpan within, Func<StageView, bool> condition, string starting = "")
    {
        if (await UntilAsync(what, within, condition, starting) is null) throw new ScenarioStoppedException(what);
    }

    /// <summary>
    /// Makes a fault (or another change), waits until <paramref name="settled"/>, and decides how long no request was answered: at most
    /// <paramref name="bound"/>, on the steady client's account. Returns what the steady client saw from the fault on.
    /// </summary>
    public async Task<IReadOnlyList<RequestResult>> OutageAsync(string what, TimeSpan bound, Action fault, string settles, TimeSpan within,
        Func<StageView, bool> settled, string starting = "")
    {
        var from = stage.Now;
        _fault = from;
        fault();
        await RequireAsync(settles, within, settled, starting);
        // Requests that are under way have their outcome after the timeout; two grid points more, so that an answered one follows.
        await stage.PauseAsync(SteadyClient.Timeout + (3 * SteadyClient.Interval), stop);
        var gap = stage.Requests.LongestGap(from, stage.Now - SteadyClient.Timeout);
        var requests = stage.Requests.Since(from);
        Expect($"{what}: away at most {Seconds(bound)}", !gap.Open && gap.Length <= bound,
            gap.Open ? $"no answer for {Seconds(gap.Length)}, and none yet" : $"away {Seconds(gap.Length)}{Lateness(requests)}");
        return requests;
    }

    /// <summary>A duration for people: <c>0.82 s</c>.</summary>
    public static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.00} s");

    private TimeSpan? GapSinceFault() =>
        _fault is { } fault ? stage.Requests.LongestGap(fault, stage.Now - SteadyClient.Timeout).Length : null;

    // A steady client that was not given the processor sees an outage that is none: it says so.
    private static string Lateness(IReadOnlyList<RequestResult> requests)
    {
        var longest = requests.Zip(requests.Skip(1), (one, next) => next.Started - one.Started).DefaultIfEmpty().Max();
        return longest > 3 * SteadyClient.Interval ? $" (the steady client itself once paused for {Seconds(longest)})" : "";
    }
}
