using Director.Perf.Reload;
using Director.Tests.Lab;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>What <c>./dev reload</c> measures, smaller: here only whom it disturbs, as a time would depend on the machine's load.</summary>
[Collection("kernel")]
public sealed class ReloadUnderLoadTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task Reloads_disturb_no_packet_no_advert_and_no_check()
    {
        var result = await ReloadRun.PlayAsync(
            new()
            {
                Services = 500, Reloads = 4, PacketsPerSecond = 500,
                BetweenChecks = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromSeconds(0.3),
                Director = DirectorProgram.Command[0],
            },
            CancellationToken.None);
        output.WriteLine(result.ToString());
        Assert.Equal(4, result.Seconds.Count);
        Assert.Equal((0, 0, 2000), (result.Refused, result.Forgotten, result.Checks));
        Assert.True(result.Sent > 100);
        Assert.Equal(0, result.Lost);
        Assert.Equal(0, result.Masterships);
    }
}
