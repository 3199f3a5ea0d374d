using Director.Lab.Scenarios;
using Director.Lab.Topology;

namespace Director.Tests.Lab.Scenarios;

public sealed class ScenarioTests
{
    private readonly TellTale _narrator = new();

    [Fact]
    public async Task Failover_holds_on_directors_that_behave()
    {
        var stage = new FakeStage(LabPlan.Failover);
        var begun = stage.Now;

        var expectations = await PlayAsync(stage);

        Assert.All(expectations, expectation => Assert.True(expectation.Held, expectation.ToString()));
        Assert.Contains("held d1 killed: away at most 4.10 s", _narrator.Told);
        Assert.Contains("the VIP came to d2", _narrator.Told);
        Assert.True(_narrator.Scenes > 100);
        Assert.True(stage.Now - begun < TimeSpan.FromSeconds(30), "both scenarios together must stay under 90 s");
    }

    [Fact]
    public async Task Balance_holds_on_directors_and_servers_that_behave()
    {
        var stage = new FakeStage(LabPlan.BalanceDual);
        var begun = stage.Now;

        var expectations = await PlayAsync(stage);

        Assert.All(expectations, expectation => Assert.True(expectation.Held, expectation.ToString()));
        Assert.Contains("192.168.80.133:80 left the pool of d1", _narrator.Told);
        Assert.Contains("192.168.80.133:80 came into the pool of d1", _narrator.Told);
        Assert.True(stage.Now - begun < TimeSpan.FromSeconds(60), "both scenarios together must stay under 90 s");
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "slow crash", "d1 killed: away at most 4.10 s" },
        { "slow resignation", "d1 stopped: away at most 1.10 s" },
        { "slow resignation", "d1's main process killed: away at most 1.10 s" },
        { "slow to leave", "d1 has left within 2.00 s" },
        { "turns away", "no client gets a RST meanwhile" },
        { "early removal", "not before the retries are over, 9.00 s" },
        { "late removal", "rs1 leaves the pool" },
        { "no persistence", "persistence holds every user to one server" },
        { "one server", "wlc splits the users evenly" },
        { "no turns", "rr splits the requests evenly" },
        { "no datapath", "d1 forwards packets itself, on AF_XDP" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_fails_the_expectation_it_concerns_and_nothing_is_hidden(string fault, string expectation)
    {
        var stage = fault switch
        {
            "slow crash" => new FakeStage(LabPlan.BalanceDual) { CrashTakes = TimeSpan.FromSeconds(4.3) },
            "slow resignation" => new FakeStage(LabPlan.BalanceDual) { ResignationTakes = TimeSpan.FromSeconds(1.3) },
            "slow to leave" => new FakeStage(LabPlan.Failover) { LeaveTakes = TimeSpan.FromSeconds(4) },
            "turns away" => new FakeStage(LabPlan.BalanceDual) { TurnsAway = true },
            "early removal" => new FakeStage(LabPlan.BalanceDual) { DownTakes = TimeSpan.FromSeconds(6) },
            "late removal" => new FakeStage(LabPlan.BalanceDual) { DownTakes = TimeSpan.FromSeconds(19) },
            "no persistence" => new FakeStage(LabPlan.BalanceDual) { ForgetsPersistence = true },
            "one server" => new FakeStage(LabPlan.BalanceDual) { PrefersOneServer = true },
            "no turns" => new FakeStage(LabPlan.BalanceDual) { SkipsTurns = true },
            "no datapath" => new FakeStage(LabPlan.BalanceDual) { DatapathMode = "none" },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };

        var expectations = await PlayAsync(stage);

        Assert.Contains(expectations, decided => decided.What == expectation && !decided.Held);
    }

    [Fact]
    public async Task Without_a_master_the_scenario_ends_at_once_with_the_failure_on_record()
    {
        var expectations = await PlayAsync(new FakeStage(LabPlan.Failover) { StartTakes = TimeSpan.FromSeconds(60) });

        var only = Assert.Single(expectations);
        Assert.Equal(("d1 becomes master", false), (only.What, only.Held));
    }

    [Fact]
    public async Task A_vip_that_does_not_come_back_is_noticed()
    {
        var expectations = await PlayAsync(new FakeStage(LabPlan.Failover) { LosesVipOnReturn = true });

        Assert.Equal(("d1 becomes master again", false), (expectations[^1].What, expectations[^1].Held));
    }

    private async Task<IReadOnlyList<Expectation>> PlayAsync(FakeStage stage)
    {
        var run = new ScenarioRun(stage.Plan.Name, stage, _narrator, CancellationToken.None);
        try
        {
            await (stage.Plan.Balanced ? BalanceScenario.PlayAsync(run) : FailoverScenario.PlayAsync(run));
        }
        catch (ScenarioStoppedException)
        {
            Assert.False(run.Expectations[^1].Held);
        }

        return run.Expectations;
    }
}
