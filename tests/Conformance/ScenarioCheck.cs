using Director.Tests.Conformance.Replay;

namespace Director.Tests.Conformance;

/// <summary>Plays a scenario and says whether it goes as it should: as in the kernel, unless it is known not to.</summary>
internal static class ScenarioCheck
{
    public static void Run(string name, IPacketPath path)
    {
        var scenario = Scenario.Load(name);
        if (!NotYet.Features.TryGetValue(name, out var feature))
        {
            Replayer.Play(scenario, path);
            return;
        }

        try
        {
            Replayer.Play(scenario, path);
        }
        catch (Exception error) when (error is ConformanceException or NotSupportedException or ArgumentException)
        {
            return;
        }

        Assert.Fail($"{name} goes as in the kernel now: take it off the list of what is not done yet ({feature})");
    }
}
