using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

/// <summary>Trackers, track blocks, sync groups and notifications as they are read.</summary>
public sealed class TrackerTests
{
    private const string Trackers = """
        vrrp_script check {
            script "/bin/check -a 'b c'"
            interval 2.5
            timeout 4
            rise 2
            fall 3
            weight -20 reverse
            user nobody nogroup
            init_fail
        }
        vrrp_script plain {
            script /bin/plain
        }
        track_file number {
            file /run/number
            weight 3
            init_file 7 overwrite
        }
        vrrp_track_file other {
            file /run/other
        }
        vrrp_track_process web {
            process /usr/sbin/nginx -g daemon
            param_match initial
            quorum 2
            quorum_max 5
            delay 1.5
            terminate_delay 0.5
            weight 12
        }
        virtual_server 10.0.0.9 80 {
            lb_algo rr
            lb_kind DR
            protocol TCP
            real_server 10.0.0.7 80 {
            }
        }
        virtual_server 10.0.0.9 53 {
            lb_algo rr
            lb_kind DR
            protocol TCP
            real_server 10.0.0.7 53 {
            }
        }
        virtual_server 10.0.0.9 53 {
            lb_algo rr
            lb_kind DR
            protocol UDP
            real_server 10.0.0.7 53 {
            }
        }
        virtual_server_group pool {
            10.0.0.10 80
        }
        virtual_server group pool {
            lb_algo rr
            lb_kind DR
            protocol TCP
            real_server 10.0.0.7 80 {
            }
        }

        """;

    [Fact]
    public void All_settings_and_the_weights_of_those_that_track_are_read()
    {
        var config = Reading.Clean(Trackers + Instance("A", """
            track_script {
                check
                plain weight 7 reverse
            }
            track_file {
                number
                other weight 0 noreverse
            }
            track_process {
                web weight -254
            }
            track_interface {
                eth1 weight 5
            }
            track_virtual_server {
                10.0.0.9 80 weight -30
                10.0.0.9 53 udp
                group pool
            }
            """));

        Assert.Equal(
        [
            new("check", new("/bin/check", ["-a", "b c"], "nobody", "nogroup", default), TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(4),
                2, 3, true, default),
            new VrrpScriptConfig("plain", new("/bin/plain", [], null, null, default), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1),
                1, 1, false, default),
        ], config.Scripts.Select(Bare), SameText);
        Assert.Equal(
            [
                new("number", "/run/number", 7, true, default) { Weight = 3 },
                new TrackFileConfig("other", "/run/other", null, false, default),
            ],
            config.TrackFiles.Select(file => file with { Location = default }));
        var process = Assert.Single(config.TrackProcesses);
        Assert.Equal(("web", "/usr/sbin/nginx", ParameterMatchConfig.Initial, false, 2, 5),
            (process.Name, process.Process, process.ParameterMatch, process.IsFullCommand, process.Quorum, process.QuorumMax));
        Assert.Equal(["-g", "daemon"], process.Parameters);
        Assert.Equal((TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(0.5)), (process.ForkDelay, process.TerminateDelay));
        Assert.Equal(
        [
            (TrackedKind.Script, "check weight -20 reverse"), (TrackedKind.Script, "plain weight 7 reverse"),
            (TrackedKind.File, "number weight 3"), (TrackedKind.File, "other weight 0"), (TrackedKind.Process, "web weight -254"),
            (TrackedKind.Interface, "eth1 weight 5"), (TrackedKind.VirtualServer, "[10.0.0.9]:tcp:80 weight -30"),
            (TrackedKind.VirtualServer, "[10.0.0.9]:udp:53 weight 0"), (TrackedKind.VirtualServer, "[10.0.0.10]:tcp:80 weight 0"),
        ], config.VrrpInstances[0].Tracks.Select(track => (track.Kind, track.ToString())));
        Assert.Equal(IpProtocol.Udp, config.VirtualServers[2].Key.Protocol);
    }

    [Theory]
    [InlineData("track_script {\nchek\n}",
        "51:1 warning unknown-name: there is no vrrp_script 'chek': the line is ignored (did you mean 'check'?)")]
    [InlineData("track_file {\nnothing\n}", "51:1 warning unknown-name: there is no vrrp_track_file 'nothing': the line is ignored")]
    [InlineData("track_process {\nwbe\n}",
        "51:1 warning unknown-name: there is no vrrp_track_process 'wbe': the line is ignored (did you mean 'web'?)")]
    [InlineData("track_bfd {\nb\n}", "51:1 warning unknown-name: there is no bfd_instance 'b': the line is ignored")]
    [InlineData("track_virtual_server {\n10.0.0.9 81\n}",
        "51:1 warning unknown-name: there is no virtual_server [10.0.0.9]:81 that is served: the line is ignored")]
    [InlineData("track_virtual_server {\n10.0.0.9 53\n}",
        "51:1 error invalid-value: there is more than one virtual_server [10.0.0.9]:53 (add TCP or UDP behind the port)")]
    [InlineData("track_virtual_server {\nweb\n}",
        "51:1 error invalid-value: 'web' is not what follows a virtual_server: an IP address and port, or group NAME")]
    [InlineData("track_virtual_server {\ngroup none\n}",
        "51:1 warning unknown-name: there is no virtual_server group 'none' that is served: the line is ignored")]
    [InlineData("track_script {\ncheck weight 254\n}", "51:14 error invalid-value: '254' is outside the range -253 to 253")]
    [InlineData("track_file {\nnumber weight -254\n}", "")]
    [InlineData("track_script {\ncheck wieght 2\n}", "51:7 error invalid-value: 'wieght' is not weight N, reverse or noreverse")]
    [InlineData("track_script {\ncheck\ncheck weight 2\n}",
        "52:1 warning duplicate: 'check' is tracked at /etc/keepalived/keepalived.conf:51:1 already; this line is ignored")]
    public void What_is_wrong_with_a_line_is_said_where_it_stands(string lines, string expected)
    {
        // Its block begins on line 50.
        var listing = Reading.Listing(new string('\n', 43) + Instance("A", lines) + Trackers);

        var said = listing.Split('\n').Where(line => !line.Contains("nothing tracks", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join('\n', said));
    }

    [Fact]
    public void What_nobody_tracks_is_not_looked_at()
    {
        var result = Reading.Read(
            "vrrp_script a {\nscript /bin/a\n}\nvrrp_track_file b {\nfile /b\n}\nvrrp_track_process c {\nprocess c\n}\n");

        Assert.Equal("""
            1:13 warning unused-tracker: nothing tracks 'a': it is not looked at
            4:17 warning unused-tracker: nothing tracks 'b': it is not looked at
            7:20 warning unused-tracker: nothing tracks 'c': it is not looked at
            """, Reading.Listing(result));
        Assert.Empty(result.Config.Scripts);
    }

    [Theory]
    [InlineData("vrrp_script a {\n}", "1:1 error missing-keyword: 'vrrp_script a' has no 'script'")]
    [InlineData("vrrp_track_file a {\nfile b\n}", "2:6 error invalid-value: 'b' is not an absolute path")]
    [InlineData("vrrp_script a {\nscript /x\n}\nvrrp_script a {\nscript /x\n}",
        "1:13 warning unused-tracker: nothing tracks 'a': it is not looked at\n"
        + "4:13 error duplicate-name: a vrrp_script 'a' stands in this file already")]
    [InlineData("vrrp_sync_group G {\ngroup {\nA B\n}\n}",
        "1:17 warning unused: vrrp_sync_group 'G' has no member that is run: it is ignored\n"
        + "3:1 warning unknown-name: vrrp_instance 'A' does not exist: it is no member\n"
        + "3:3 warning unknown-name: vrrp_instance 'B' does not exist: it is no member")]
    [InlineData("global_defs {\nnotify_fifo fifo\n}", "2:13 error invalid-value: 'fifo' is not an absolute path")]
    [InlineData("global_defs {\nsmtp_server mail 0\n}", "2:18 error invalid-value: '0' is outside the range 1 to 65535")]
    public void What_is_wrong_with_a_block_is_said_where_it_stands(string text, string expected) =>
        Assert.Equal(expected, Reading.Listing(text));

    [Fact]
    public void A_group_has_the_members_that_are_run_and_an_instance_one_group()
    {
        var result = Reading.Read(Instance("A", "") + Instance("B", "").Replace("_id 1", "_id 2", StringComparison.Ordinal)
            .Replace("10.0.0.1", "10.0.0.2", StringComparison.Ordinal) + """
            vrrp_sync_group G {
                group {
                    A B
                }
                notify_master "/bin/m x" nobody
                smtp_alert
                sync_group_tracking_weight
            }
            vrrp_sync_group H {
                group {
                    B
                    A
                    X
                }
            }
            """);

        var group = Assert.Single(result.Config.SyncGroups);
        Assert.Equal(["A", "B"], group.Members);
        Assert.True(group.AllowsMemberWeights && group.Notify.SendsMail);
        Assert.Equal("/bin/m x as nobody:", group.Notify.Master!.ToString());
        Assert.Equal(4, result.Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Warning));
        Assert.Contains("'B' is a member of vrrp_sync_group 'G' already", Reading.Listing(result), StringComparison.Ordinal);
    }

    [Fact]
    public void What_global_defs_says_of_mail_and_pipes_holds_where_an_instance_does_not_say()
    {
        var config = Reading.Clean("""
            global_defs {
                notification_email {
                    a@b
                    c@d e@f
                }
                notification_email_from x@y
                smtp_server mail.example 587
                smtp_helo_name me
                smtp_connect_timeout 5
                smtp_alert_vrrp
                smtp_alert off
                no_email_faults
                script_user u g
                enable_script_security
                set_supplementary_groups
                startup_script "/bin/s 1" u
                startup_script_timeout 30
                shutdown_script /bin/t
                notify_fifo /run/a u g
                notify_fifo_script "/bin/r 1" v
                vrrp_notify_fifo /run/b
                fifo_write_vrrp_states_on_reload
                vrrp_notify_priority_changes
            }

            """ + Instance("A", "") + Instance("B", "smtp_alert no\nnotify_priority_changes off\nnotify_deleted")
            .Replace("_id 1", "_id 2", StringComparison.Ordinal).Replace("10.0.0.1", "10.0.0.2", StringComparison.Ordinal));

        var mail = config.Globals.Mail;
        Assert.Equal(["a@b", "c@d", "e@f"], mail.To);
        Assert.Equal(("mail.example", 587, "me", TimeSpan.FromSeconds(5), "x@y", true, true),
            (mail.Server, mail.Port, mail.HeloName, mail.ConnectTimeout, mail.From, mail.IsSilentAboutFaults, mail.IsUsable));
        Assert.Equal(new("u", "g", true, true), config.Globals.ScriptPolicy);
        Assert.Equal([("/run/a", "u", "g", "/bin/r 1 as v:"), ("/run/b", null, null, null)],
            config.Globals.Fifos.Select(fifo => (fifo.Path, fifo.User, fifo.Group, fifo.Script?.ToString())));
        var (startup, shutdown) = (config.Globals.Startup!, config.Globals.Shutdown!);
        Assert.Equal(("/bin/s 1 as u:", TimeSpan.FromSeconds(30)), (startup.Script.ToString(), startup.Timeout));
        Assert.Equal(("/bin/t", TimeSpan.FromSeconds(10)), (shutdown.Script.ToString(), shutdown.Timeout));
        Assert.True(config.Globals.TellsFifosOnReload);
        Assert.Equal([(true, true, false), (false, false, true)], config.VrrpInstances.Select(instance =>
            (instance.Notify.SendsMail, instance.Notify.SaysPriority, instance.Notify.SaysDeleted)));
    }

    private static string Instance(string name, string more) =>
        $"vrrp_instance {name} {{\ninterface e0\nvirtual_router_id 1\nvirtual_ipaddress {{\n10.0.0.1\n}}\n{more}\n}}\n";

    private static VrrpScriptConfig Bare(VrrpScriptConfig script) =>
        script with { Location = default, Script = script.Script with { Location = default } };

    private static bool SameText(VrrpScriptConfig one, VrrpScriptConfig other) =>
        one.Script.Arguments.SequenceEqual(other.Script.Arguments) && one.Script.ToString() == other.Script.ToString()
        && one with { Script = other.Script } == other;
}
