using Director.Lab;
using Director.Lab.Namespaces;

namespace Director.Tests.Conformance.Recording;

/// <summary>
/// Plays scenarios against the kernel that it runs on, and writes down what that did. Each has namespaces of its own, and so an IPVS of
/// its own; they are left to the machine, which is thrown away.
/// </summary>
internal static class Recorder
{
    /// <summary>Records every scenario whose name contains one of <paramref name="filters"/>; returns an exit status.</summary>
    public static int RecordAll(IReadOnlyList<string> filters)
    {
        var kernel = $"{Of("osrelease")} {Of("version")}";
        var names = Scenario.Names
            .Where(name => filters.Any(filter => name.Contains(filter, StringComparison.Ordinal))).ToArray();
        Tool.Run("modprobe", "ip_vs");
        var set = new NamespaceSet();
        var number = 0;
        var failures = 0;

        // The clock of a machine that counts instructions runs ahead while it waits for a disk: all that is needed is read before.
        if (names.Length > 0) Record(Scenario.Load(names[0]), set, number);
        foreach (var name in names)
        {
            try
            {
                var scenario = Scenario.Load(name);
                Record(scenario, set, ++number);
                scenario.Save(kernel);
                Console.WriteLine(name);
            }
            catch (Exception error) when (error is FormatException or LabException or TimeoutException)
            {
                failures++;
                Console.WriteLine($"{name}: {error.Message}");
            }
        }

        Console.WriteLine($"{names.Length - failures} of {names.Length} recorded on {kernel}");
        return failures == 0 ? 0 : 1;
    }

    private static string Of(string name) => File.ReadAllText($"/proc/sys/kernel/{name}").Trim();

    private static void Record(Scenario scenario, NamespaceSet set, int number)
    {
        using var net = new ReferenceNet(set, number);
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            var step = scenario.Steps[i];
            step.Seen.Clear();
            switch (step.Kind)
            {
                case StepKind.Command:
                    step.Seen.AddRange(net.Execute(step.Text, scenario.InputOf(i)));
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
