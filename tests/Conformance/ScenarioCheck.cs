using Director.Tests.Conformance.Replay;

namespace Director.Tests.Conformance;

/// <summary>Plays a scenario and says whether it goes as it should: as in the kernel, or otherwise, if that is on purpose.</summary>
internal static class ScenarioCheck
{
    public static void Run(string name, IPacketPath path)
    {
        var scenario = Scenario.Load(name);
        var deviates = Deviations.Names.Contains(name);
        try
        {
            Replayer.Play(scenario, path);
        }
        catch (ConformanceException) when (deviates)
        {
            return;
        }

        Assert.False(deviates, $"{name} goes as in the kernel: it deviates no more");
    }
}
