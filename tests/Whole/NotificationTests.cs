using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>Who is told of what a running director's virtual routers do: scripts, named pipes, mail.</summary>
public sealed class NotificationTests
{
    [KernelFact]
    public async Task Scripts_are_told_in_order_one_after_the_other_to_the_end()
    {
        using var director = new TrackingDirector();
        var (told, switched) = (director.File("told"), director.File("switch"));
        // Slow, so that whatever ran beside it would write in between.
        var slow = director.Script("slow", $"echo \"begin $*\" >> {told}\nsleep 0.3\necho \"end $*\" >> {told}");
        director.Start($$"""
            global_defs {
                startup_script "{{slow}} startup"
                shutdown_script "{{slow}} shutdown"
            }
            vrrp_script switch {
                script "/usr/bin/test ! -e {{switched}}"
                interval 0.1
            }
            {{TrackingDirector.Instance("VI_1", 51, $$"""
                track_script {
                    switch
                }
                notify_master "{{slow}} own-master"
                notify_backup "{{slow}} own-backup"
                notify_fault "{{slow}} own-fault"
                notify_stop "{{slow}} own-stop"
                notify "{{slow}} all"
                """)}}
            """);

        await director.UntilAsync("it is master", status => status.Vrrp[0].State == "MASTER");
        await File.WriteAllTextAsync(switched, "");
        await director.UntilAsync("a fault", status => status.Vrrp[0].State == "FAULT");
        File.Delete(switched);
        await director.UntilAsync("it is master again", status => status.Vrrp[0].State == "MASTER");
        var status = await director.UntilAsync("all have been told", status => status.Notifications is [{ Pending: 0 }]);
        var way = status.Notifications[0];
        Assert.Equal(("scripts of VI_1", 0L, 0L), (way.Name, way.Failed, way.Dropped));
        director.Stop();

        var lines = await File.ReadAllLinesAsync(told);
        for (var i = 0; i < lines.Length; i += 2) Assert.Equal(lines[i].Replace("begin", "end", StringComparison.Ordinal), lines[i + 1]);
        var order = lines.Where((_, i) => i % 2 == 0).Select(line => line["begin ".Length..]).ToList();
        Assert.Equal(("startup", "shutdown"), (order[0], order[^1]));
        order = order[1..^1];
        // That nothing is known of the script at first is no fault to be told of.
        Assert.Equal(
        [
            "own-backup", "all INSTANCE VI_1 BACKUP 100", "own-master", "all INSTANCE VI_1 MASTER 100",
            "own-fault", "all INSTANCE VI_1 FAULT 100", "own-backup", "all INSTANCE VI_1 BACKUP 100",
            "own-master", "all INSTANCE VI_1 MASTER 100", "own-stop", "all INSTANCE VI_1 STOP 100",
        ], order);
    }

    [KernelFact]
    public async Task Pipes_have_every_line_groups_too_and_outlive_reloads()
    {
        using var director = new TrackingDirector();
        var (fifo, second, copy) = (director.File("fifo"), director.File("fifo2"), director.File("copy"));
        var switched = director.File("switch");
        var configuration = $$"""
            global_defs {
                notify_fifo {{fifo}} nobody
                vrrp_notify_fifo {{second}}
                vrrp_notify_fifo_script "{{director.Script("reader", $"exec cat \"$1\" > {copy}")}}"
                vrrp_notify_priority_changes
            }
            vrrp_script switch {
                script "/usr/bin/test -e {{switched}}"
                interval 0.1
                weight 10
            }
            vrrp_sync_group G {
                group {
                    VI_1
                    VI_2
                }
                track_script {
                    switch
                }
            }
            {{TrackingDirector.Instance("VI_1", 51, "")}}
            {{TrackingDirector.Instance("VI_2", 52, "", 90)}}
            """;
        director.Start(configuration);
        await director.UntilAsync("it is there", () => File.Exists(fifo));
        using var reader = new StreamReader(new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        var lines = new List<string>();
        var reading = Task.Run(() =>
        {
            while (reader.ReadLine() is { } line)
                lock (lines) lines.Add(line);
        });

        await director.UntilAsync("both are master", status => status.Vrrp.All(vrrp => vrrp.State == "MASTER"));
        await director.UntilAsync("all of it is read", () => Has("GROUP \"G\" MASTER 0"));
        await File.WriteAllTextAsync(switched, "");
        await director.UntilAsync("priorities are told",
            () => Has("INSTANCE \"VI_1\" MASTER_PRIORITY 110") && Has("INSTANCE \"VI_2\" MASTER_PRIORITY 100"));
        Assert.True(Has("INSTANCE \"VI_1\" BACKUP 100") && Has("INSTANCE \"VI_1\" MASTER 100") && Has("INSTANCE \"VI_2\" MASTER 90"));

        // The same pipe, after a reload that removes an instance.
        director.Reload(configuration
            .Replace("vrrp_notify_priority_changes", "", StringComparison.Ordinal).Replace("        VI_2\n", "", StringComparison.Ordinal)
            .Replace(TrackingDirector.Instance("VI_2", 52, "", 90), "", StringComparison.Ordinal));
        await director.UntilAsync("its end is told", () => Has("INSTANCE \"VI_2\" FAULT 100"));
        director.Stop();
        await reading.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["INSTANCE \"VI_1\" STOP 110", "GROUP \"G\" STOP 0"], lines[^2..]);
        Assert.All(lines, line => Assert.DoesNotContain('\0', line));
        Assert.Equal(lines, await File.ReadAllLinesAsync(copy));
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(fifo));

        bool Has(string line)
        {
            lock (lines) return lines.Contains(line);
        }
    }

    [KernelFact]
    public async Task Mail_is_sent_and_tried_again()
    {
        using var director = new TrackingDirector();
        director.Machine.Ip("link", "set", "lo", "up");
        using var server = NamespaceThread.Run(director.Machine, () => new SmtpServer());
        director.Start($$"""
            global_defs {
                router_id LVS_1
                notification_email {
                    ops@example.org
                    more@example.org
                }
                notification_email_from lvs@example.org
                smtp_server 127.0.0.1 {{server.Port}}
                smtp_helo_name lvs1.example.org
                smtp_connect_timeout 20
            }
            {{TrackingDirector.Instance("VI_1", 51, "smtp_alert")}}
            {{TrackingDirector.Instance("VI_2", 52, "")}}
            """);

        await director.UntilAsync("the master's mail has come", () => server.Letters.Count == 2);
        Assert.Contains("Subject: [LVS_1] VRRP Instance VI_1 - Entering BACKUP state", server.Letters[0], StringComparison.Ordinal);
        var letter = server.Letters[1];
        Assert.Contains("Subject: [LVS_1] VRRP Instance VI_1 - Entering MASTER state", letter, StringComparison.Ordinal);
        Assert.StartsWith("EHLO lvs1.example.org", letter, StringComparison.Ordinal);
        Assert.Contains("MAIL FROM:<lvs@example.org>", letter, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<ops@example.org>", letter, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<more@example.org>", letter, StringComparison.Ordinal);

        server.Refusals = 1;
        director.Machine.Ip("link", "set", "e0", "down");
        await director.UntilAsync("the mail that was refused once has come", () => server.Letters.Count == 3);
        Assert.Contains("Entering FAULT state", server.Letters[2], StringComparison.Ordinal);
        var status = await director.UntilAsync("it is counted", status => status.Notifications is [{ Delivered: 3 }]);
        Assert.Equal(("mail by 127.0.0.1", 0L, 0L, 0L), (status.Notifications[0].Name, status.Notifications[0].Pending,
            status.Notifications[0].Failed, status.Notifications[0].Dropped));
        director.Stop();
        Assert.Contains("VI_1 - Stopping", server.Letters[3], StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task Mail_is_submitted_with_tls_and_a_password_to_whom_the_host_trusts_only()
    {
        using var director = new TrackingDirector();
        director.Machine.Ip("link", "set", "lo", "up");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(director.File("trusted.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(director.File("password"), "secret\n");
        using var server = NamespaceThread.Run(director.Machine, () => new SmtpServer(certificate));
        var configuration = $$"""
            global_defs {
                notification_email {
                    ops@example.org
                }
                smtp_server 127.0.0.1 {{server.Port}}
                smtp_alert
            }
            {{TrackingDirector.Instance("VI_1", 51, "")}}
            """;
        string[] settings = ["Mail:Security=tls", "Mail:User=lvs", $"Mail:PasswordFile={director.File("password")}"];
        director.Environment["SSL_CERT_FILE"] = director.File("trusted.pem");
        director.Start(configuration, settings);
        await director.UntilAsync("the mail has come", () => server.Letters.Count > 0);
        var proof = Convert.ToBase64String(Encoding.UTF8.GetBytes("\0lvs\0secret"));
        Assert.Contains($"AUTH PLAIN {proof}", server.Letters[0], StringComparison.Ordinal);
        director.Stop();

        // To a server that nobody vouches for nothing is said.
        director.Environment["SSL_CERT_FILE"] = "/dev/null";
        director.Environment["SSL_CERT_DIR"] = "/nonexistent";
        var before = server.Letters.Count;
        director.Start(configuration, settings);
        await director.UntilAsync("it is refused", status => status.Notifications is [{ Pending: > 1 }]);
        director.Stop();
        Assert.Equal(before, server.Letters.Count);
        Assert.Contains(director.Lines, line => line.Contains("mail by 127.0.0.1", StringComparison.Ordinal));
    }
}
