using Director.Checks;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks;

public sealed class ServerHealthTests
{
    private static readonly CheckSettings A = Settings(80);
    private static readonly CheckSettings B = Settings(81);

    [Fact]
    public void A_server_without_checks_is_up() => Assert.True(Start().IsUp);

    [Fact]
    public void A_server_is_up_before_its_checks_ran_unless_one_is_alpha()
    {
        Assert.True(Start(A, B).IsUp);
        Assert.False(Start(A, B with { Alpha = true }).IsUp);
    }

    [Fact]
    public void A_server_is_up_when_all_its_checks_are()
    {
        var health = Start(A, B);
        Apply(health, 0, '-');
        Assert.False(health.IsUp);
        Apply(health, 1, '-');
        Apply(health, 0, '+');
        Assert.False(health.IsUp);
        Apply(health, 1, '+');
        Assert.True(health.IsUp);
    }

    [Fact]
    public void Alpha_checks_must_all_pass_first()
    {
        var health = Start(A with { Alpha = true }, B with { Alpha = true });
        Apply(health, 0, '+');
        Assert.False(health.IsUp);
        Apply(health, 1, '+');
        Assert.True(health.IsUp);
    }

    [Fact]
    public void A_check_with_equal_settings_survives_a_reload_as_it_is()
    {
        var before = Start(A, B);
        Apply(before, 1, '-');
        var after = Replace(before, B with { }, Settings(82));
        Assert.Same(before.Checks[1], after.Checks[0]);
        Assert.False(after.IsUp);
    }

    [Fact]
    public void A_check_that_tries_something_else_is_a_new_one_and_counts_as_passing()
    {
        var before = Start(A);
        Apply(before, 0, '-');
        var after = Replace(before, Settings(80, seconds: 4));
        Assert.False(after.Checks[0].HasRun);
        Assert.True(after.IsUp);
    }

    [Fact]
    public void A_check_that_tries_the_same_on_other_terms_keeps_what_it_knows_and_is_tried_no_later()
    {
        var before = Start(A);
        Apply(before, 0, '-');
        var due = before.Checks[0].NextRun;
        var slower = Replace(before, A with { Retries = 7, DelayLoop = TimeSpan.FromSeconds(60) });
        Assert.True(slower.Checks[0].HasRun);
        Assert.False(slower.IsUp);
        Assert.Equal(due, slower.Checks[0].NextRun);
        var faster = Replace(slower, A with { DelayLoop = TimeSpan.FromSeconds(2) });
        Assert.Equal(MonoTime.Zero + TimeSpan.FromSeconds(2), faster.Checks[0].NextRun);
        Apply(faster, 0, '+');
        Assert.True(faster.IsUp);
    }

    [Fact]
    public void Of_two_equal_checks_each_keeps_its_own_state()
    {
        var before = Start(A, A);
        Apply(before, 0, '+');
        Apply(before, 1, '-');
        var after = Replace(before, A, A, A);
        Assert.Equal([true, false, true], after.Checks.Select(check => check.IsUp));
        Assert.Equal([true, true, false], after.Checks.Select(check => check.HasRun));
    }

    [Theory]
    [InlineData('+', true)]
    [InlineData('-', false)]
    public void A_new_alpha_check_starts_as_the_servers_other_checks_stand(char outcome, bool up)
    {
        var before = Start(A);
        Apply(before, 0, outcome);
        Assert.Equal(up, Replace(before, A, B with { Alpha = true }).Checks[1].IsUp);
    }

    [Fact]
    public void A_server_whose_failing_check_is_removed_comes_up()
    {
        var before = Start(A, B);
        Apply(before, 1, '-');
        Assert.True(Replace(before, A).IsUp);
    }

    private static CheckSettings Settings(ushort port, int seconds = 3) => new(
        new TcpProbeSettings(new(new(IpAddress128.Parse("192.168.80.133"), port), TimeSpan.FromSeconds(seconds))),
        Retries: 0, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(6));

    private static ServerHealth Start(params CheckSettings[] settings) => ServerHealth.Start(settings, MonoTime.Zero, new Random(1));

    private static ServerHealth Replace(ServerHealth health, params CheckSettings[] settings) =>
        health.Replace(settings, MonoTime.Zero, new Random(1));

    private static void Apply(ServerHealth health, int check, char outcome) =>
        health.Checks[check].Apply(CheckScheduleTests.Of(CheckScheduleTests.Outcome(outcome)), MonoTime.Zero);
}
