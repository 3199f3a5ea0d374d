using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>What checks do to running services: weights, quorum, sorry server, sharing; and who is told.</summary>
public sealed class CheckRulesTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task A_script_s_weight_drains_a_server_and_costs_the_quorum_and_a_check_of_two_services_is_made_once()
    {
        var folder = Directory.CreateTempSubdirectory("director-check-rules").FullName;
        try
        {
            var code = Path.Combine(folder, "code");
            Write(code, "0");
            using var pair = new Pair(output, text => Ruled(text, folder, code));
            var topology = pair.Stage.Topology;
            using var first = new EchoServer(topology["rs1"]);
            using var second = new EchoServer(topology["rs2"]);
            using var sorry = new EchoServer(topology["d1"]);
            await pair.StartFirstDirectorAsync();
            var status = await pair.UntilAsync("all checks have passed", status =>
                status.Services.SelectMany(service => service.Servers).SelectMany(server => server.Checks).All(check => check.Concluded));
            Assert.Equal([10, 10, 0], status.Services[0].Servers.Select(server => server.Weight));
            Assert.True(status.Services[0].Quorum);
            // The TCP_CHECKs of the second service are those of the first.
            var shared = status.Services.Select(service => service.Servers[0].Checks[0]).ToList();
            Assert.Equal([("TCP_CHECK", 2), ("TCP_CHECK", 2)], shared.Select(check => (check.Kind, check.Services)));
            Assert.Equal(shared[0].Attempts, shared[1].Attempts);

            Write(code, "7");
            status = await pair.UntilAsync("rs1 has weight 5", status => status.Services[0].Servers[0].Weight == 5);
            Assert.Equal((15L, true), (status.Services[0].LivingWeight, status.Services[0].Quorum));
            Assert.Equal(10, status.Services[1].Servers[0].Weight);

            // Weight 0: it lives, takes nobody new, and the quorum of 12 goes, so that the sorry server serves.
            Write(code, "2");
            status = await pair.UntilAsync("the sorry server serves", status => status.Services[0].OnSorryServer);
            Assert.Equal((true, false), (status.Services[0].Servers[0].Alive, status.Services[0].Quorum));
            using (var excused = EchoClient.Connect(topology.Client)) Assert.Equal("sorry", EchoClient.Echo(excused, "sorry"));
            Assert.Equal((0, 0, 1), (first.Accepted, second.Accepted, sorry.Accepted));

            Write(code, "1");
            status = await pair.UntilAsync("rs1 is down", status => !status.Services[0].Servers[0].Alive);
            var misc = status.Services[0].Servers[0].Checks[1];
            Assert.Equal(("MISC_CHECK", false, "exited with 1"), (misc.Kind, misc.Passes, misc.Reason));
            Assert.True(status.Services[1].Servers[0].Alive);

            Write(code, "0");
            status = await pair.UntilAsync("all is well", status => status.Services[0].Quorum && !status.Services[0].OnSorryServer);
            Assert.Equal([10, 10, 0], status.Services[0].Servers.Select(server => server.Weight));
            using var served = EchoClient.Connect(topology.Client);
            Assert.Equal("served", EchoClient.Echo(served, "served"));
            Assert.Equal((1, 1), (first.Accepted + second.Accepted, sorry.Accepted));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [KernelFact]
    public async Task Servers_and_quorums_are_told_to_scripts_pipes_and_by_mail_and_omega_tells_of_the_end()
    {
        using var director = new TrackingDirector();
        using var server = NamespaceThread.Run(director.Machine, () => new SmtpServer());
        var (told, copy, number) = (director.File("told"), director.File("copy"), director.File("number"));
        var tell = director.Script("tell", $"echo \"$*\" >> {told}");
        var reader = director.Script("reader", $"exec cat \"$1\" > {copy}");
        Write(number, "0");
        director.Start($$"""
            global_defs {
                router_id LVS_1
                notification_email {
                    ops@example.org
                }
                smtp_server 127.0.0.1 {{server.Port}}
                lvs_notify_fifo {{director.File("fifo")}}
                lvs_notify_fifo_script "{{reader}}"
            }
            track_file number {
                file {{number}}
                weight 2
            }
            {{TrackingDirector.Instance("VI_1", 51, "")}}
            virtual_server 192.168.80.51 80 {
                lb_algo wrr
                lb_kind DR
                protocol TCP
                quorum 5
                omega
                quorum_up "{{tell}} quorum up"
                quorum_down "{{tell}} quorum down"
                real_server 192.168.80.61 80 {
                    weight 10
                    notify_up "{{tell}} server up"
                    notify_down "{{tell}} server down"
                    FILE_CHECK {
                        track_file number
                    }
                }
            }
            """);
        await director.UntilAsync("the service stands", status => status.Services is [{ Quorum: true }]);

        Write(number, "-3");
        var status = await director.UntilAsync("too little weight", status => !status.Services[0].Quorum);
        Assert.Equal((4L, true), (status.Services[0].LivingWeight, status.Services[0].Servers[0].Alive));
        Write(number, "-2147483647");
        await director.UntilAsync("the server is down", status => !status.Services[0].Servers[0].Alive);
        Write(number, "2");
        status = await director.UntilAsync("the server is up", status => status.Services[0].Quorum);
        Assert.Equal(14L, status.Services[0].LivingWeight);
        await director.UntilAsync("all have been told", status => status.Notifications.All(way => way.Pending == 0));
        director.Stop();

        var lines = await File.ReadAllLinesAsync(told);
        Assert.Equal(["up", "down", "up", "down"], Of("quorum", lines));
        Assert.Equal(["down", "up", "down"], Of("server", lines));
        Assert.Equal(
            [
                "VS [192.168.80.51]:tcp:80 UP", "VS [192.168.80.51]:tcp:80 DOWN",
                "RS [192.168.80.61]:tcp:80 [192.168.80.51]:tcp:80 DOWN",
                "RS [192.168.80.61]:tcp:80 [192.168.80.51]:tcp:80 UP", "VS [192.168.80.51]:tcp:80 UP",
                "RS [192.168.80.61]:tcp:80 [192.168.80.51]:tcp:80 DOWN", "VS [192.168.80.51]:tcp:80 DOWN",
            ], await File.ReadAllLinesAsync(copy));
        Assert.DoesNotContain((byte)0, await File.ReadAllBytesAsync(copy));
        const string name = "Realserver [192.168.80.61]:tcp:80 of virtual server [192.168.80.51]:tcp:80";
        Assert.Equal(["DOWN", "UP", "DOWN"], server.Letters.Select(letter => StateIn(Unfolded(letter), $"Subject: [LVS_1] {name} - ")));
        Assert.Contains("=> FILE CHECK number failed on service <=", server.Letters[0], StringComparison.Ordinal);
        Assert.Contains("=> Shutting down <=", server.Letters[2], StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task With_ha_suspend_checks_are_made_only_while_the_vip_is_on_this_host()
    {
        using var director = new TrackingDirector();
        var (switched, runs) = (director.File("switch"), director.File("runs"));
        var check = director.Script("check", $"echo >> {runs}");
        director.Start($$"""
            vrrp_script switch {
                script "/usr/bin/test -e {{switched}}"
                interval 0.1
            }
            {{TrackingDirector.Instance("VI_1", 51, """
                track_script {
                    switch
                }
                """)}}
            virtual_server 192.168.80.51 80 {
                lb_algo rr
                lb_kind DR
                protocol TCP
                ha_suspend
                delay_loop 0.2
                warmup 0
                real_server 192.168.80.61 80 {
                    MISC_CHECK {
                        misc_path {{check}}
                    }
                }
            }
            """);
        var status = await director.UntilAsync("it is suspended", status =>
            status.Vrrp[0].State == "FAULT" && status.Services[0].Servers[0].Checks[0] is { Suspended: true, NextInSeconds: < 0.3 });
        Assert.False(File.Exists(runs));
        Assert.True(status.Services[0].Servers[0].Alive);
        await File.WriteAllTextAsync(switched, "");
        await director.UntilAsync("it is made", status => status.Services[0].Servers[0].Checks[0] is { Suspended: false, Attempts: > 2 });
        File.Delete(switched);
        await director.UntilAsync("it is suspended again", status => status.Services[0].Servers[0].Checks[0].Suspended);
        director.Stop();
    }

    /// <summary>Headers of several lines as one (RFC 5322 §2.2.3).</summary>
    private static string Unfolded(string letter) => letter.Replace("\r", "", StringComparison.Ordinal)
        .Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);

    private static string StateIn(string letter, string subject)
    {
        Assert.Contains(subject, letter, StringComparison.Ordinal);
        return letter[(letter.IndexOf(subject, StringComparison.Ordinal) + subject.Length)..].Split('\n')[0];
    }

    /// <summary>At once, so that nobody reads an empty file in between.</summary>
    private static void Write(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Scripts of the server and of the quorum do not wait for one another: what is told of each is in order.</summary>
    private static IEnumerable<string> Of(string what, string[] lines) =>
        lines.Where(line => line.StartsWith(what, StringComparison.Ordinal)).Select(line => line[(what.Length + 1)..]);

    /// <summary>
    /// The example with seconds in place of its timers, weights of 10, a quorum of 12 and a sorry server; rs1 has a script besides, and a
    /// second service of another port has the same TCP_CHECKs.
    /// </summary>
    private static string Ruled(string text, string folder, string code)
    {
        var script = Path.Combine(folder, "check");
        File.WriteAllText(script, $"#!/bin/sh\nexit $(cat {code})\n");
        File.SetUnixFileMode(script, (UnixFileMode)0x1ed);
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ed);
        var quick = Pair.WithoutPersistence(text)
            .Replace("delay_loop 6", "delay_loop 1\nwarmup 0", StringComparison.Ordinal)
            .Replace("weight 1\n", "weight 10\n", StringComparison.Ordinal)
            .Replace("nb_get_retry 3", "nb_get_retry 1\nconnect_port 80", StringComparison.Ordinal)
            .Replace("lb_algo wlc", "lb_algo wrr", StringComparison.Ordinal);
        var service = quick[quick.IndexOf("virtual_server", StringComparison.Ordinal)..];
        var at = quick.IndexOf("TCP_CHECK", StringComparison.Ordinal);
        var end = quick.IndexOf("        }\n", at, StringComparison.Ordinal) + "        }\n".Length;
        var ruled = quick[..end] + $"MISC_CHECK {{\nmisc_path {script}\nmisc_dynamic\n}}\n" + quick[end..];
        return ruled.Replace("protocol TCP", "protocol TCP\nquorum 12\nsorry_server 127.0.0.1 80", StringComparison.Ordinal)
            + "\n" + service.Replace("192.168.80.130 80", "192.168.80.130 81", StringComparison.Ordinal);
    }
}
