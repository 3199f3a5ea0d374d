using Director.Tests.Conformance.Replay;

namespace Director.Tests.Conformance;

/// <summary>Plays a scenario and says whether it goes as it should: as in the kernel, or otherwise, if it is an exception.</summary>
internal static class ScenarioCheck
{
    public static void Run(string name, IPacketPath path)
    {
        var scenario = Scenario.Load(name);
        var isException = Exceptions.NotYet.ContainsKey(name) || Exceptions.OnPurpose.Contains(name);
        try
        {
            Replayer.Play(scenario, path);
        }
        catch (Exception error) when (isException && error is ConformanceException or NotSupportedException or ArgumentException)
        {
            return;
        }

        Assert.False(isException, $"{name} goes as in the kernel: it is no exception any more");
    }
}
