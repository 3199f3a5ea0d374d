using System.Runtime.InteropServices;
using Director.LoadScenarios;
using Director.LoadScenarios.Generation;

namespace Director.LoadTest.Engine;

/// <summary>The default engine as a generator: the hidden verb by which a run starts its users.</summary>
internal static class GeneratorVerb
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Plays the plan that the words name, to its end or until SIGTERM.</summary>
    public static int Run(IReadOnlyList<string> words)
    {
        using var stop = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var order = GeneratorOrder.Parse(words);
        var timeline = new MachineTimeline();
        WarmUp(order.MakePlan(), new(order.Target, timeline, new Unheard(), stop.Token), timeline);

        using var output = new MeasurementWriter(Console.OpenStandardOutput());
        var begin = timeline.Now + Ahead;
        output.Write(GeneratorOrder.Begun(begin));
        new OpenLoop(timeline, new(order.Target, timeline, output, stop.Token)).Play(order.MakePlan().Scenarios, begin);
        return 0;
    }

    // The compiler is done, and neighbours are known, before anybody is measured.
    private static void WarmUp(LoadPlan plan, IterationRun run, MachineTimeline timeline) => new OpenLoop(timeline, run).Play(
        [.. plan.Scenarios.Select(scenario => scenario.WithLoadSimulations(Simulation.Inject(50, Second, Second)))], timeline.Now);

    private sealed class Unheard : IMeasurementSink
    {
        public void Add(Measurement measurement)
        {
        }
    }
}
