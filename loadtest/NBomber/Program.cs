using System.Runtime.InteropServices;
using Director.LoadScenarios;
using Director.LoadScenarios.Generation;
using Director.NBomberEngine;
using NBomber.CSharp;

// A generator as a run starts it (GeneratorOrder): measurements go to standard output, what NBomber prints to standard error.
if (args is not [GeneratorOrder.Verb, _, ..])
{
    Console.Error.WriteLine("started by ./dev load --engine nbomber");
    return 2;
}

using var stop = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
using var output = new MeasurementWriter(Console.OpenStandardOutput());
Console.SetOut(Console.Error);

var order = GeneratorOrder.Parse(args);
var plan = order.MakePlan();
var clock = new StopwatchClock();
var run = new IterationRun(order.Target, clock, output, stop.Token);
var scenarios = plan.Scenarios.Select(scenario => new PlayedScenario(scenario, run)).ToList();
output.Write(GeneratorOrder.Begun(clock.Now));
NBomberRunner
    .RegisterScenarios([.. scenarios.Select(scenario => scenario.Props(plan.Thresholds))])
    .WithTestName(plan.Name)
    .WithoutReports()
    .Run();
return 0;
