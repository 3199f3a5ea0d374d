using Director.Config;

namespace Director.Tests.Config;

public sealed class ElectionConfigTests
{
    private const string Strict = "global_defs {\nvrrp_strict\n}\n";

    [Fact]
    public void Defaults_are_keepalived_s() =>
        Assert.Equal(new ElectionConfig { DownTimerAdverts = 3 }, Clean("", ""));

    [Fact]
    public void Every_setting_is_honoured() =>
        Assert.Equal(
            new ElectionConfig
            {
                DownTimerAdverts = 5,
                LeavesLowerUnanswered = true,
                AnswersHigher = true,
                OwnerIgnoresAdverts = true,
                PausedYieldsTo = 200,
                StartupDelay = TimeSpan.FromSeconds(2.5),
                DelayAfterBoot = TimeSpan.FromSeconds(60),
                IgnoresOwnInterface = true,
            },
            Clean("vrrp_startup_delay 2.5\nvrrp_delay_after_boot 60", """
                down_timer_adverts 5
                lower_prio_no_advert
                higher_prio_send_advert on
                owner_ignore_adverts true
                nopreempt
                timer_expired_backup 200
                dont_track_primary
                """));

    [Fact]
    public void An_instance_overrides_what_is_said_for_all()
    {
        const string Globals = """
            vrrp_down_timer_adverts 4
            vrrp_lower_prio_no_advert
            vrrp_higher_prio_send_advert
            vrrp_owner_ignore_adverts
            """;
        Assert.Equal(
            new ElectionConfig { DownTimerAdverts = 4, LeavesLowerUnanswered = true, AnswersHigher = true, OwnerIgnoresAdverts = true },
            Clean(Globals, ""));
        Assert.Equal(new ElectionConfig { DownTimerAdverts = 6 }, Clean(Globals,
            "down_timer_adverts 6\nlower_prio_no_advert off\nhigher_prio_send_advert off\nowner_ignore_adverts off"));
    }

    [Theory]
    [InlineData("timer_expired_backup", 254)]
    [InlineData("thread_timer_expired 7", 7)]
    public void The_peer_that_a_pause_yields_to_may_be_left_open(string line, byte expected) =>
        Assert.Equal(expected, Clean("", $"nopreempt\n{line}").PausedYieldsTo);

    [Fact]
    public void Strict_mode_answers_no_lower_advert_and_sends_none_on_yielding()
    {
        var strict = new ElectionConfig { IsStrict = true, LeavesLowerUnanswered = true };
        Assert.Equal(strict, Clean("vrrp_strict", "lower_prio_no_advert off\nhigher_prio_send_advert"));
        Assert.Equal(strict, Clean("", "strict_mode"));
        Assert.Equal(ElectionConfig.Default, Clean("vrrp_strict", "strict_mode off"));
    }

    [Theory]
    [InlineData("preempt_delay 5",
        "9:15 warning strict-conflict: 'preempt_delay' has no effect in strict mode (remove vrrp_strict or strict_mode, or this)")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass x\n}",
        "11:11 warning strict-conflict: 'authentication' has no effect in strict mode (remove vrrp_strict or strict_mode, or this)")]
    [InlineData("state MASTER\npriority 100",
        "4:15 warning strict-conflict: in strict mode state MASTER goes with priority 255 only: state BACKUP is used")]
    [InlineData("state BACKUP\npriority 255",
        "4:15 warning strict-conflict: in strict mode priority 255 goes with state MASTER, which is used")]
    [InlineData("down_timer_adverts 4", "9:20 warning strict-conflict: in strict mode a master counts as gone after 3 adverts")]
    public void What_strict_mode_forbids_is_taken_back_and_said(string lines, string listing)
    {
        Assert.Equal(listing, Reading.Listing(Strict + Instance(lines)));
        var instance = Assert.Single(Reading.Read(Strict + Instance(lines)).Config.VrrpInstances);
        Assert.Equal((null, TimeSpan.Zero, 3), (instance.Password, instance.PreemptDelay, instance.Election.DownTimerAdverts));
        Assert.Equal(instance.Priority == 255, instance.InitialState == VrrpInitialState.Master);
    }

    [Theory]
    [InlineData("down_timer_adverts 0", "6:20 error invalid-value: '0' is outside the range 1 to 100")]
    [InlineData("down_timer_adverts 101", "6:20 error invalid-value: '101' is outside the range 1 to 100")]
    [InlineData("down_timer_adverts", "6:1 error missing-argument: 'down_timer_adverts' needs a whole number, 1 to 100")]
    [InlineData("nopreempt\ntimer_expired_backup 255", "7:22 error invalid-value: '255' is outside the range 1 to 254")]
    [InlineData("timer_expired_backup", "6:1 warning conflict: 'timer_expired_backup' has no effect without nopreempt")]
    [InlineData("lower_prio_no_advert maybe", "6:22 error invalid-value: 'maybe' is not on, off, true, false, yes or no")]
    public void What_is_wrong_is_said_where_it_is(string lines, string listing) => Assert.Equal(listing, Reading.Listing(Instance(lines)));

    private static ElectionConfig Clean(string globals, string lines)
    {
        var result = Reading.Read($"global_defs {{\n{globals}\n}}\n" + Instance(lines));
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Config.VrrpInstances).Election;
    }

    private static string Instance(string lines) => $$"""
        vrrp_instance A {
        interface eth0
        virtual_router_id 7
        virtual_ipaddress { 10.0.0.1
        }
        {{lines}}
        }
        """;
}
