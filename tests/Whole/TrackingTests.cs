using Director.Admin;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>What a running director makes of what it tracks.</summary>
public sealed class TrackingTests
{
    [KernelFact]
    public async Task A_script_moves_the_priority_and_an_unweighted_one_makes_a_fault()
    {
        using var director = new TrackingDirector();
        var (weighted, hard) = (director.File("weighted"), director.File("hard"));
        File.WriteAllText(weighted, "");
        File.WriteAllText(hard, "");
        director.Start($$"""
            vrrp_script weighted {
                script "{{director.Script("w", "test -e \"$1\"")}} {{weighted}}"
                interval 0.2
                weight -30
                fall 2
            }
            vrrp_script hard {
                script "/usr/bin/test -e {{hard}}"
                interval 0.2
            }
            {{TrackingDirector.Instance("VI_1", 51, "track_script {\nweighted\nhard\n}")}}
            {{TrackingDirector.Instance("VI_2", 52, "track_script {\nweighted weight 20\n}")}}
            """);

        await director.UntilAsync("both are master", status => status.Vrrp.All(vrrp => vrrp.State == "MASTER"));
        var status = await director.UntilAsync("priorities are what they should be", status => Priorities(status) is [100, 120]);
        Assert.Equal(["UP", "UP"], status.Trackers.Select(tracker => tracker.State));
        Assert.All(status.Trackers, tracker => Assert.Equal("exited with 0", tracker.Detail));
        Assert.All(status.Trackers, tracker => Assert.NotNull(tracker.LastRunSeconds));
        Assert.Equal(["VI_1: weight -30", "VI_2: weight 20"], status.Trackers[0].TrackedBy);

        File.Delete(weighted);
        status = await director.UntilAsync("a failure takes 30 from one and 20 from the other", status => Priorities(status) is [70, 100]);
        Assert.Equal("exited with 1", status.Trackers[0].Detail);
        Assert.All(status.Vrrp, vrrp => Assert.Equal("MASTER", vrrp.State));

        File.Delete(hard);
        await director.UntilAsync("a fault", status => status.Vrrp[0].State == "FAULT" && status.Vrrp[1].State == "MASTER");
        File.WriteAllText(hard, "");
        File.WriteAllText(weighted, "");
        await director.UntilAsync(
            "all is well", status => status.Vrrp.All(vrrp => vrrp.State == "MASTER") && Priorities(status) is [100, 120]);
        Assert.Contains(director.Lines, line => line.Contains("Script 'hard' failed: exited with 1", StringComparison.Ordinal));
    }

    [KernelFact]
    public async Task Until_an_unweighted_script_has_run_there_is_no_master_and_one_that_hangs_is_ended()
    {
        using var director = new TrackingDirector();
        var (gate, runs) = (director.File("gate"), director.File("runs"));
        director.Start($$"""
            vrrp_script slow {
                script {{director.Script("slow", $"echo $$ >> {runs}\nwhile ! test -e {gate}; do sleep 0.05; done")}}
                interval 1
                timeout 600
            }
            {{TrackingDirector.Instance("VI_1", 51, "track_script {\nslow\n}")}}
            """);

        await director.UntilAsync("it runs", () => File.Exists(runs));
        var status = await director.UntilAsync("it waits in fault", status => status.Vrrp[0].State == "FAULT");
        Assert.Equal(("INIT", false), (status.Trackers[0].State, status.Trackers[0].Overdue));
        Assert.Single(await File.ReadAllLinesAsync(runs));
        File.WriteAllText(gate, "");
        await director.UntilAsync("it is master", status => status.Vrrp[0].State == "MASTER");

        // Now it hangs, is ended at its time, and that is a failure.
        File.Delete(gate);
        director.Reload(File.ReadAllText(director.ConfigFile).Replace("timeout 600", "timeout 0.5", StringComparison.Ordinal));
        status = await director.UntilAsync("it is ended", status => status.Trackers[0].Detail == "timed out");
        await director.UntilAsync("a fault", status => status.Vrrp[0].State == "FAULT");

        director.Stop();
        Assert.All(File.ReadAllLines(runs), process => Assert.False(Linux.Processes.ChildSpawnerTests.IsRunning(process)));
    }

    [KernelFact]
    public async Task A_script_that_a_reload_brings_harms_no_master_before_it_has_run()
    {
        using var director = new TrackingDirector();
        var gate = director.File("gate");
        director.Start(TrackingDirector.Instance("VI_1", 51, ""));
        var before = await director.UntilAsync("it is master", status => status.Vrrp[0].State == "MASTER");

        director.Reload($$"""
            vrrp_script slow {
                script {{director.Script("slow", $"while ! test -e {gate}; do sleep 0.05; done; test -s {gate}")}}
                interval 0.2
                timeout 600
            }
            {{TrackingDirector.Instance("VI_1", 51, "track_script {\nslow\n}")}}
            """);
        var status = await director.UntilAsync("it is tracked", status => status.Trackers.Count == 1);
        Assert.Equal("INIT", status.Trackers[0].State);
        Assert.Equal(("MASTER", before.Vrrp[0].Since), (status.Vrrp[0].State, status.Vrrp[0].Since));

        File.WriteAllText(gate, "");
        await director.UntilAsync("its verdict counts", status => status.Vrrp[0].State == "FAULT");
    }

    [KernelFact]
    public async Task A_file_and_processes_count_as_they_change()
    {
        using var director = new TrackingDirector();
        var file = director.File("number");
        var sleeper = director.File("director-test-sleeper");
        File.Copy("/bin/sleep", sleeper);
        director.Start($$"""
            vrrp_track_file number {
                file {{file}}
                init_file 3
            }
            vrrp_track_process sleepers {
                process {{sleeper}} 1000
                quorum 2
                weight 40
            }
            {{TrackingDirector.Instance("VI_1", 51, "track_file {\nnumber weight 2\n}\ntrack_process {\nsleepers\n}")}}
            """);

        await director.UntilAsync("the file was made", status => Priorities(status) is [106]);
        Assert.Equal("3\n", File.ReadAllText(file));
        File.WriteAllText(file, "-5");
        await director.UntilAsync("another number", status => Priorities(status) is [90]);
        using (director.Machine.Start([sleeper, "1000"]))
        using (director.Machine.Start([sleeper, "1001"]))
        using (director.Machine.Start([sleeper, "1000"]))
        {
            var status = await director.UntilAsync("two of them", status => Priorities(status) is [130]);
            Assert.Equal([-5, 0], status.Trackers.Select(tracker => tracker.Value));
            Assert.StartsWith("2 processes", status.Trackers[1].Detail, StringComparison.Ordinal);
        }

        await director.UntilAsync("they are gone", status => Priorities(status) is [90]);
        File.WriteAllText(file + ".new", "-127");
        File.Move(file + ".new", file, overwrite: true);
        await director.UntilAsync("a number that is a fault", status => status.Vrrp[0].State == "FAULT");
        File.Delete(file);
        await director.UntilAsync("without the file", status => Priorities(status) is [100] && status.Vrrp[0].State != "FAULT");
    }

    [KernelFact]
    public async Task A_virtual_servers_quorum_counts()
    {
        using var director = new TrackingDirector();
        director.Start($$"""
            virtual_server 192.168.80.51 80 {
                lb_algo wlc
                lb_kind DR
                protocol TCP
                delay_loop 1
                real_server 192.168.80.128 8080 {
                    TCP_CHECK {
                        connect_timeout 1
                        retry 0
                    }
                }
            }
            {{TrackingDirector.Instance("VI_1", 51, "track_virtual_server {\n192.168.80.51 80 weight -50\n}")}}
            {{TrackingDirector.Instance("VI_2", 52, "track_virtual_server {\n192.168.80.51 80 tcp\n}")}}
            """);

        var status = await director.UntilAsync("nobody listens",
            status => Priorities(status) is [50, 100] && status.Vrrp[1].State == "FAULT");
        Assert.Equal(("VirtualServer", "DOWN", "no quorum"),
            (status.Trackers[0].Kind, status.Trackers[0].State, status.Trackers[0].Detail));

        using var server = NamespaceThread.Run(director.Machine, () =>
        {
            var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Any, 8080);
            listener.Start();
            return listener;
        });
        await director.UntilAsync("the server has come", status => Priorities(status) is [100, 100] && status.Vrrp[1].State == "MASTER");
        server.Stop();
        await director.UntilAsync("it has gone again", status => Priorities(status) is [50, 100] && status.Vrrp[1].State == "FAULT");
    }

    [KernelFact]
    public async Task A_director_without_root_runs_scripts_as_itself_without_its_capabilities()
    {
        using var director = new TrackingDirector();
        var open = Directory.CreateDirectory(director.File("open"));
        File.SetUnixFileMode(open.FullName, (UnixFileMode)0x1ff);
        File.SetUnixFileMode(Directory.CreateDirectory(director.File("run")).FullName, (UnixFileMode)0x1ff);
        var seen = Path.Combine(open.FullName, "seen");
        director.Prefix =
        [
            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
            "--inh-caps=+net_admin,+net_raw,+bpf,+perfmon", "--ambient-caps=+net_admin,+net_raw,+bpf,+perfmon",
        ];
        director.Start($$"""
            vrrp_script check {
                script {{director.Script("check", $"cat /proc/self/status > {seen}.new && mv {seen}.new {seen}")}}
                interval 0.2
            }
            vrrp_script other {
                script /bin/true
                user root
                interval 0.2
            }
            {{TrackingDirector.Instance("VI_1", 51, "track_script {\ncheck\nother weight 10\n}")}}
            """);

        var status = await director.UntilAsync("it is master",
            status => status.Vrrp[0].State == "MASTER" && status.Trackers.All(tracker => tracker.LastRunSeconds is not null));
        Assert.Equal(["UP", "DOWN"], status.Trackers.Select(tracker => tracker.State));
        Assert.StartsWith("not run: the director may not become root", status.Trackers[1].Detail, StringComparison.Ordinal);
        Assert.Equal([100], Priorities(status));
        var lines = await File.ReadAllLinesAsync(seen);
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", lines);
        Assert.All(["CapPrm", "CapEff", "CapAmb"], set => Assert.Contains($"{set}:\t0000000000000000", lines));
        Assert.Contains(director.Lines, line => line.Contains("warning: /bin/true is not run", StringComparison.Ordinal));
    }

    private static int[] Priorities(StatusDocument status) => [.. status.Vrrp.Select(vrrp => vrrp.Priority)];
}
