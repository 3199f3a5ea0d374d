using System.Globalization;
using Director.Lab;
using Director.Lab.Client;
using Director.Lab.Namespaces;
using Director.LoadScenarios;
using Director.LoadScenarios.Generation;
using Director.LoadTest.Analysis;
using Director.LoadTest.Progress;
using Director.Net;

namespace Director.LoadTest.Lab;

/// <summary>
/// One run of a plan: users come, things happen, and what users saw is recorded. Ends early, with what there is, if stopped.
/// </summary>
/// <param name="plan">What is played.</param>
/// <param name="lab">Where.</param>
/// <param name="view">Who is shown it.</param>
internal sealed class LoadRun(LoadPlan plan, LoadLab lab, IProgressView view)
{
    private static readonly TimeSpan ShowPeriod = TimeSpan.FromSeconds(1);

    // A user's patience, the generator's own start and end, and a machine that is busy.
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(20);

    private readonly Recording _recording = new();
    private readonly List<Happening> _happened = [];
    private readonly TaskCompletionSource<MonoTime> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Plays it; <paramref name="generator"/> are the words that start the users.</summary>
    public async Task<RunRecord> PlayAsync(IReadOnlyList<string> generator, CancellationToken stop)
    {
        view.Note("two servers and two directors start");
        var mode = await lab.StartAsync(stop);
        view.Note($"both directors are ready (datapath mode {mode}); users warm up");
        using var users = lab.StartUsers(generator);
        users.OnLine(Hear);
        var ended = users.WaitAsync(CancellationToken.None);
        await Task.WhenAny(_begun.Task, ended).WaitAsync(stop);
        if (!_begun.Task.IsCompleted) throw new LabException($"the users did not come: {string.Join(" / ", users.Lines)}");
        var begun = await _begun.Task;
        view.Note($"users come, for {Seconds(plan.Duration)}");

        var complete = await ConductAsync(users, ended, begun, stop);
        return new(plan, begun, _recording.After(0), _happened, lab.Servers)
        {
            Complete = complete,
            Circumstances = [("datapath", mode), .. Circumstances.OfThisMachine()],
        };
    }

    private async Task<bool> ConductAsync(NamespaceProcess users, Task ended, MonoTime begun, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var showing = ShowAsync(begun, over.Token);
        try
        {
            await MakeAllAsync(begun, over.Token);
            await ended.WaitAsync(begun + plan.Duration + Overtime - LabClock.Shared.Now, over.Token);
        }
        catch (OperationCanceledException)
        {
            view.Note("stopped: what there is will be reported");
            users.Kill("TERM");
            await ended.WaitAsync(Overtime, CancellationToken.None);
            return false;
        }
        finally
        {
            await over.CancelAsync();
            await showing;
        }

        if (users.ExitCode != 0) throw new LabException($"the users failed with {users.ExitCode}: {Complaints(users)}");
        return true;
    }

    private async Task MakeAllAsync(MonoTime begun, CancellationToken stop)
    {
        foreach (var happens in plan.Events)
        {
            if (begun + happens.At - LabClock.Shared.Now is var left && left > TimeSpan.Zero) await Task.Delay(left, stop);
            await lab.MakeAsync(happens, () => Happens(happens, begun), stop);
        }
    }

    private void Happens(LabEvent what, MonoTime begun)
    {
        var at = LabClock.Shared.Now;
        _happened.Add(new(what, at));
        view.Note($"{what.Told}, {Seconds(at - begun)} after the beginning");
    }

    private async Task ShowAsync(MonoTime begun, CancellationToken stop)
    {
        var lines = plan.Scenarios.Select(scenario => new ProgressLine(scenario.Name, 0, 0, TimeSpan.Zero, 0, 0)).ToList();
        var seen = 0;
        using var timer = new PeriodicTimer(ShowPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var news = _recording.After(seen);
                seen += news.Count;
                lines = [.. lines.Select(line => line.After(news))];
                view.Show(LabClock.Shared.Now - begun, plan, lines);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Hear(string line)
    {
        if (Measurement.TryParse(line, out var measurement)) _recording.Add(measurement);
        else if (GeneratorOrder.TryReadBegun(line, out var begun)) _begun.TrySetResult(begun);
    }

    private static string Complaints(NamespaceProcess users) =>
        string.Join(" / ", users.Lines.Where(line => !Measurement.TryParse(line, out _)).TakeLast(10));

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.00} s");
}
