using Director.Lab.Namespaces;
using Director.Tests.Linux.Vrrp;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>
/// The same configuration, run by keepalived and by the director through the same events: pipes and scripts are told the same.
/// </summary>
public sealed class NotificationsBesideKeepalivedTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [KeepalivedFact]
    public async Task Lines_and_arguments_are_keepaliveds()
    {
        var (theirs, theirCalls) = await PlayAsync(isKeepalived: true);
        var (ours, ourCalls) = await PlayAsync(isKeepalived: false);
        output.WriteLine($"keepalived:\n{string.Join('\n', theirs)}\n{string.Join('\n', theirCalls)}");
        output.WriteLine($"director:\n{string.Join('\n', ours)}\n{string.Join('\n', ourCalls)}");

        // Of each instance and group, for those are not in order with one another.
        foreach (var subject in new[] { "INSTANCE \"VI_1\"", "INSTANCE \"VI_2\"", "GROUP \"G\"" })
        {
            Assert.Equal(Of(theirs, subject), Of(ours, subject));
            // keepalived's scripts overtake one another: only what was told is compared.
            var bare = subject.Replace("\"", "", StringComparison.Ordinal);
            Assert.Equal(Of(theirCalls, bare).Order(), Of(ourCalls, bare).Order());
        }
    }

    private static List<string> Of(IEnumerable<string> lines, string subject) =>
        [.. lines.Where(line => line.StartsWith(subject + " ", StringComparison.Ordinal))];

    private static async Task<(List<string> Lines, string[] Calls)> PlayAsync(bool isKeepalived)
    {
        using var director = new TrackingDirector();
        var (fifo, calls, switched) = (director.File("fifo"), director.File("calls"), director.File("switch"));
        var notify = $"notify \"{director.Script("notify", $"echo \"$*\" >> {calls}")}\"";
        var configuration = $$"""
            global_defs {
                script_user root
                vrrp_notify_fifo {{fifo}}
                vrrp_notify_priority_changes
            }
            vrrp_script switch {
                script "/usr/bin/test -e {{switched}}"
                interval 1
                weight 10
            }
            {{TrackingDirector.Instance("VI_1", 51, notify)}}
            {{TrackingDirector.Instance("VI_2", 52, notify, 90)}}
            vrrp_sync_group G {
                group {
                    VI_1
                    VI_2
                }
                track_script {
                    switch
                }
                {{notify}}
            }
            """;
        using var keepalived = isKeepalived ? StartKeepalived(director, configuration) : null;
        if (!isKeepalived) director.Start(configuration);
        var process = keepalived ?? director.Process;
        var lines = new List<string>();
        await UntilAsync("the pipe is there", () => File.Exists(fifo));
        using var reader = new StreamReader(new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        var reading = Task.Run(() =>
        {
            while (reader.ReadLine() is { } line)
                lock (lines) lines.Add(line);
        });

        await UntilAsync("both are master", () => Count("GROUP \"G\" MASTER 0") == 1);
        await File.WriteAllTextAsync(switched, "");
        await UntilAsync("priorities rise", () => Count("INSTANCE \"VI_1\" MASTER_PRIORITY 110") == 1
            && Count("INSTANCE \"VI_2\" MASTER_PRIORITY 100") == 1);
        director.Machine.Ip("link", "set", "e0", "down");
        await UntilAsync("a fault", () => Count("GROUP \"G\" FAULT 0") >= 1);
        director.Machine.Ip("link", "set", "e0", "up");
        await UntilAsync("both are master again", () => Count("GROUP \"G\" MASTER 0") == 2 && Count("INSTANCE \"VI_1\" MASTER 110") == 1
            && Count("INSTANCE \"VI_2\" MASTER 100") == 1);
        process.Kill("TERM");
        Assert.True(process.Wait(Patience));
        await reading.WaitAsync(Patience);
        return (lines, await File.ReadAllLinesAsync(calls));

        int Count(string line)
        {
            lock (lines) return lines.Count(other => other == line);
        }

        async Task UntilAsync(string what, Func<bool> holds)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (!holds())
            {
                List<string> seen;
                lock (lines) seen = [.. lines];
                Assert.False(patience.IsCancellationRequested,
                    $"{(isKeepalived ? "keepalived" : "director")}: waited until {what}\n{string.Join('\n', seen)}\n"
                    + string.Join('\n', process.Lines));
                await Task.Delay(30, CancellationToken.None);
            }
        }
    }

    private static NamespaceProcess StartKeepalived(TrackingDirector director, string configuration)
    {
        File.WriteAllText(director.ConfigFile, configuration);
        return director.Machine.Start("keepalived", "-P", "-n", "-l", "-D", "-f", director.ConfigFile, "-p", director.File("pid"),
            "-r", director.File("vrrp.pid"), "-c", director.File("check.pid"), "-b", director.File("bfd.pid"));
    }
}
