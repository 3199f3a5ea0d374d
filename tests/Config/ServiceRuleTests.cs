using Director.Config;

namespace Director.Tests.Config;

/// <summary>What checks mean to services, who is told, and the checks that are scripts and files.</summary>
public sealed class ServiceRuleTests
{
    private const string Mail = "smtp_server 10.0.0.5\nnotification_email {\na@b\n}\n";

    [Fact]
    public void All_that_a_service_and_its_servers_say_of_notifications_is_read()
    {
        var config = Reading.Clean(Text(
            "quorum_up \"/bin/up a\" root\nquorum_down /bin/down\nsmtp_alert\nomega\nha_suspend\n",
            "notify_up /bin/x\nnotify_down \"/bin/y b\"\nsmtp_alert off\n"));
        var service = Assert.Single(config.VirtualServers);
        Assert.Equal(("/bin/up", "a", "root"), (service.Notify.Up!.Program, service.Notify.Up.Arguments[0], service.Notify.Up.User));
        Assert.Equal(("/bin/down", true, true, true),
            (service.Notify.Down!.Program, service.Notify.SendsMail, service.TellsOfStop, service.SuspendsChecks));
        var notify = service.RealServers[0].Notify;
        Assert.Equal(("/bin/x", "/bin/y", false), (notify.Up!.Program, notify.Down!.Program, notify.SendsMail));
        var (plainService, plain) = Of(Reading.Clean(Text("", "")));
        Assert.Equal((false, false, false), (plainService.TellsOfStop, plainService.SuspendsChecks, plainService.FailsOpen));
        Assert.Empty(plain.Notify.Scripts.Concat(plainService.Notify.Scripts));
    }

    [Theory]
    // Mail of servers is on and of services off, unless smtp_alert_checker or else smtp_alert says, or they themselves.
    [InlineData("", "", "", false, true)]
    [InlineData("smtp_alert off\n", "", "", false, false)]
    [InlineData("smtp_alert\n", "", "", true, true)]
    [InlineData("smtp_alert\nsmtp_alert_checker off\n", "", "", false, false)]
    [InlineData("smtp_alert off\nsmtp_alert_checker\n", "", "", true, true)]
    [InlineData("smtp_alert_checker off\n", "smtp_alert\n", "smtp_alert\n", true, true)]
    [InlineData("smtp_alert_checker\n", "smtp_alert no\n", "smtp_alert false\n", false, false)]
    public void Whether_mail_is_sent_is_inherited_as_with_keepalived(
        string global, string service, string server, bool ofService, bool ofServer)
    {
        var (completed, its) = Of(Reading.Clean($"global_defs {{\n{Mail}{global}}}\n" + Text(service, server)));
        Assert.Equal((ofService, ofServer), (completed.Notify.SendsMail, its.Notify.SendsMail));
    }

    [Fact]
    public void Global_settings_of_checks_are_read()
    {
        var config = Reading.Clean("global_defs {\nno_checker_emails\nrs_init_notifies\nchecker_log_all_failures\n"
            + "lvs_notify_fifo /run/l\nlvs_notify_fifo_script /bin/l\nvrrp_notify_fifo /run/v\nnotify_fifo /run/a\n}\n"
            + Text("", "TCP_CHECK {\n}\nTCP_CHECK {\nconnect_port 81\nlog_all_failures off\n}\n"));
        Assert.Equal((true, true), (config.Globals.IsSilentAboutChecks, config.Globals.TellsFirstServers));
        Assert.Equal([true, false], Of(config).Server.Checks.Select(check => check.Timing.LogsAllFailures));
        Assert.Equal(
            [("/run/a", true, true), ("/run/v", true, false), ("/run/l", false, true)],
            config.Globals.Fifos.Select(fifo => (fifo.Path, fifo.TellsVrrp, fifo.TellsServers)));
        Assert.Equal("/bin/l", config.Globals.Fifos[2].Script!.Program);
    }

    [Fact]
    public void One_path_that_is_named_twice_is_told_both()
    {
        var config = Reading.Clean("global_defs {\nlvs_notify_fifo /run/l\nvrrp_notify_fifo /run/l\n}\n" + Text("", ""));
        var fifo = Assert.Single(config.Globals.Fifos);
        Assert.Equal((true, true), (fifo.TellsVrrp, fifo.TellsServers));
    }

    [Theory]
    // retry and delay_before_retry of a script are its kind's; its timeout is the virtual server's delay_loop, whatever the check's.
    [InlineData("", "", "", 60, 0, 1, 60, 60)]
    [InlineData("delay_loop 10\n", "", "", 10, 0, 1, 10, 10)]
    [InlineData("delay_loop 10\n", "delay_loop 20\n", "", 10, 0, 1, 20, 20)]
    [InlineData("delay_loop 10\nretry 4\n", "delay_before_retry 6\n", "delay_loop 5\nmisc_timeout 3\n", 3, 4, 6, 5, 5)]
    [InlineData("retry 4\n", "", "retry 0\nwarmup 2\n", 60, 0, 1, 60, 2)]
    public void A_script_inherits_what_its_kind_does_not_have(
        string service, string server, string check, int timeout, int retries, int delay, int loop, int warmup)
    {
        var (_, its) = Of(Reading.Clean(Text(service, $"{server}MISC_CHECK {{\nmisc_path /bin/x\n{check}}}\n")));
        var misc = Assert.IsType<MiscCheckConfig>(Assert.Single(its.Checks));
        Assert.Equal(
            (timeout, new CheckTimingConfig(retries, Seconds(delay), Seconds(loop), Seconds(warmup)), false),
            ((int)misc.Timeout.TotalSeconds, misc.Timing, misc.IsDynamic));
    }

    [Fact]
    public void A_file_has_the_weight_of_the_check_or_its_own_and_is_read_for_it()
    {
        var config = Reading.Clean(Text("", "FILE_CHECK {\ntrack_file f\n}\nFILE_CHECK {\ntrack_file f\nweight -7 reverse\n}\n")
            + "track_file f {\nfile /run/f\nweight 3\n}\n");
        Assert.Equal(3, Assert.Single(config.TrackFiles).Weight);
        Assert.Equal([(null, false), (-7, true)],
            Of(config).Server.Checks.Cast<FileCheckConfig>().Select(check => (check.Weight, check.IsReversed)));
    }

    [Theory]
    [InlineData("", "FILE_CHECK {\ntrack_file g\n}\n", "7:12 error invalid-value: there is no track_file 'g'")]
    [InlineData("", "FILE_CHECK {\n}\n", "6:1 error missing-keyword: 'FILE_CHECK' has no 'track_file'")]
    [InlineData("slow_start 10\n", "", "5:1 warning conflict: slow_start has no effect where every weight is 1 or 0 (write weight 100)")]
    [InlineData("slow_start 10\nweight 100\n", "", "")]
    [InlineData("fail_open\nsorry_server 10.0.0.8 80\n", "",
        "5:1 warning conflict: fail_open has no effect beside a sorry_server, which serves instead")]
    [InlineData("fail_open\n", "", "")]
    [InlineData("rise 0\n", "", "5:6 error invalid-value: '0' is outside the range 1 to 1000")]
    [InlineData("", "MISC_CHECK {\nmisc_path /bin/x\nmisc_timeout 0\n}\n",
        "8:14 error invalid-value: '0' is outside the range 0.000001 to 4294.967295 seconds")]
    public void What_cannot_work_is_said_where_it_stands(string service, string server, string expected) =>
        Assert.Equal(expected, Reading.Listing(Text(service, server)));

    [Fact]
    public void Our_own_settings_are_off_unless_they_are_written()
    {
        var (service, server) = Of(Reading.Clean(Text("rise 3\nslow_start 10\nfail_open\n", "weight 100\nTCP_CHECK {\n}\n"
            + "TCP_CHECK {\nconnect_port 81\nrise 2\n}\n")));
        Assert.Equal((Seconds(10), true), (service.SlowStart, service.FailsOpen));
        Assert.Equal([3, 2], server.Checks.Select(check => check.Timing.Rise));
        var (plainService, plainServer) = Of(Reading.Clean(Text("", "TCP_CHECK {\n}\n")));
        Assert.Equal((TimeSpan.Zero, false, 1), (plainService.SlowStart, plainService.FailsOpen, plainServer.Checks[0].Timing.Rise));
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static (VirtualServerConfig Service, RealServerConfig Server) Of(DirectorConfig config)
    {
        var service = Assert.Single(config.VirtualServers);
        return (service, Assert.Single(service.RealServers));
    }

    private static string Text(string service, string server) =>
        $"virtual_server 10.0.0.1 80 {{\nlb_algo wlc\nlb_kind DR\nprotocol TCP\n{service}real_server 10.0.0.2 80 {{\n{server}}}\n}}\n";
}
