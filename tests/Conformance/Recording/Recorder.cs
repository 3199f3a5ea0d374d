using Director.Lab.Namespaces;

namespace Director.Tests.Conformance.Recording;

/// <summary>
/// Plays scenarios against the kernel that it runs on, and writes down what that did. Several at a time, as most of a scenario's time is
/// waiting; each has namespaces of its own, and so an IPVS of its own.
/// </summary>
internal static class Recorder
{
    private const int AtOnce = 16;

    /// <summary>Records every scenario whose name contains <paramref name="filter"/>; returns an exit status.</summary>
    public static int RecordAll(string filter)
    {
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim() + " " + File.ReadAllText("/proc/sys/kernel/version").Trim();
        Tool.Run("modprobe", "ip_vs");
        var names = new Queue<string>(Scenario.Names.Where(name => name.Contains(filter, StringComparison.Ordinal)));
        var total = names.Count;
        var failures = 0;
        var threads = Enumerable.Range(0, Math.Min(AtOnce, total)).Select(_ => new Thread(Work)).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Console.WriteLine($"{total - failures} of {total} recorded on {kernel}");
        return failures == 0 ? 0 : 1;

        void Work()
        {
            while (true)
            {
                string? name;
                lock (names)
                {
                    if (!names.TryDequeue(out name)) return;
                }

                try
                {
                    var scenario = Scenario.Load(name);
                    Record(scenario);
                    scenario.Save(kernel);
                    Console.WriteLine(name);
                }
                catch (Exception error)
                {
                    Interlocked.Increment(ref failures);
                    Console.WriteLine($"{name}: {error}");
                }
            }
        }
    }

    private static void Record(Scenario scenario)
    {
        using var net = new ReferenceNet();
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            var step = scenario.Steps[i];
            step.Seen.Clear();
            switch (step.Kind)
            {
                case StepKind.Command:
                    var input = scenario.Steps.Skip(i + 1).TakeWhile(next => next.Kind == StepKind.Input).ToArray();
                    (input.Length == 0 ? step : input[^1]).Seen.AddRange(net.Execute(step.Text, input.Select(line => line.Text)));
                    break;
                case StepKind.Packets:
                    var (link, frames) = PacketText.Read(step.Text);
                    step.Seen.AddRange(Outcome.Lines(frames.Select(frame => net.Send(link, frame)).ToArray()));
                    break;
                case StepKind.Wait:
                    Thread.Sleep(step.Duration);
                    break;
            }
        }
    }
}
