using System.Runtime.ExceptionServices;
using Director.LoadScenarios;
using Director.Net;

namespace Director.LoadTest.Engine;

/// <summary>
/// The engine: begins every iteration when it is due, whatever became of those before. Latency counts from when it was due, so neither a
/// service that stalls nor a generator that is late makes the measurement look better than it was (no coordinated omission). One thread
/// begins them all; what comes after the first wait of an iteration runs on pool threads.
/// </summary>
/// <param name="timeline">The clock.</param>
/// <param name="run">What all iterations have in common.</param>
internal sealed class OpenLoop(ITimeline timeline, IterationRun run)
{
    // A user of a closed simulation who is done with an iteration may be due at once: nobody sleeps longer without looking.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(0.5);

    private readonly PriorityQueue<Action, MonoTime> _due = new();
    private readonly Lock _gate = new();
    private int _underWay;
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>
    /// Plays scenarios together, from <paramref name="begin"/> until everybody who came has left; returns early if the run is stopped.
    /// </summary>
    public void Play(IReadOnlyList<LoadScenario> scenarios, MonoTime begin)
    {
        foreach (var scenario in scenarios)
        {
            var invocations = new InvocationCounter();
            foreach (var copy in Copies.Of(scenario.Simulations)) NextOf(scenario, copy, begin, copy.From, invocations);
            Next(scenario, Arrivals.Of(scenario.Simulations).GetEnumerator(), begin, invocations);
        }

        while (!run.Stop.IsCancellationRequested)
        {
            _failure?.Throw();
            MonoTime wake;
            Action? start = null;
            lock (_gate)
            {
                if (!_due.TryPeek(out _, out wake))
                {
                    if (Volatile.Read(ref _underWay) == 0) return;
                    wake = MonoTime.Never;
                }
                else if (wake <= timeline.Now)
                {
                    start = _due.Dequeue();
                }
            }

            if (start is null) timeline.SleepUntil(MonoTime.Min(wake, timeline.Now + LongestSleep));
            else start();
        }
    }

    // An open simulation: the next one is due when he is due.
    private void Next(LoadScenario scenario, IEnumerator<TimeSpan> arrivals, MonoTime begin, InvocationCounter invocations)
    {
        if (!arrivals.MoveNext()) return;
        var due = begin + arrivals.Current;
        At(due, () =>
        {
            Next(scenario, arrivals, begin, invocations);
            var number = invocations.Next();
            _ = BeginAsync(new(scenario, (int)number, number, due, run), () => { });
        });
    }

    // A closed one: he is due again after his pace, but does not begin before he is done.
    private void NextOf(LoadScenario scenario, CopySpan copy, MonoTime begin, TimeSpan from, InvocationCounter invocations)
    {
        if (from >= copy.Until) return;
        var due = begin + from;
        At(due, () => _ = BeginAsync(
            new(scenario, copy.Number, invocations.Next(), due, run),
            () => NextOf(scenario, copy, begin, from + scenario.Pace, invocations)));
    }

    private void At(MonoTime due, Action start)
    {
        lock (_gate) _due.Enqueue(start, due);
    }

    // It is under way until what follows from it is due: the loop ends when nothing is either.
    private async Task BeginAsync(Iteration iteration, Action followed)
    {
        try
        {
            if (Interlocked.Increment(ref _underWay) > LoadLimits.UnderWay) iteration.TurnAway();
            else await iteration.PlayAsync();
            followed();
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error); // a mistake of the scenario's: the run ends by it
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
