using System.Text.Json;
using Director.Lab.Namespaces;
using Director.Tests.Lab;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary><c>director status</c> as people read it and as programs do, and what it says when there is nothing to say.</summary>
public sealed class StatusCommandTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task It_shows_all_that_there_is_in_json_and_in_whole_lines()
    {
        using var two = new TwoDirectors(output, text => text);
        await two.StartServersAsync();
        two.Stage.StartDirector(two.First.Role);
        await two.UntilOwnedByAsync(two.First);
        await two.UntilReadyAsync(two.First);
        await two.UntilAsync("both servers were checked", two.First, status =>
            status.Services[0].Servers.All(server => server.LastCheckSecondsAgo is not null));

        using var document = JsonDocument.Parse(Status(two.First.RunDirectory, "--json"));
        var root = document.RootElement;
        AssertFields(root,
            "version", "processId", "configFile", "configuredAt", "reloads", "uptimeSeconds", "vrrp", "syncGroups", "vrrpUnclaimed",
            "trackers", "bfd", "notifications", "services", "datapath", "findings", "runtime");
        var router = Assert.Single(root.GetProperty("vrrp").EnumerateArray());
        AssertFields(router, "name", "interface", "virtualRouterId", "priority", "state", "reason", "since", "addresses", "counters",
            "version", "sentTo", "newMasterReason", "lastProtocolError", "rival");
        AssertFields(router.GetProperty("counters"),
            "becomeMaster", "releaseMaster", "advertisementsReceived", "advertisementsSent", "sendFailures", "priorityZeroReceived",
            "priorityZeroSent", "intervalsDiffering", "checksumFormsDiffering", "addressListsDiffering", "rivalAdvertisements",
            "announcementsSent", "answersSuppressed", "ticksSkipped", "maxAdvertLatenessMicroseconds",
            "advertsLateUpTo100us", "advertsLateUpTo1ms", "advertsLateUpTo5ms", "advertsLateUpTo10ms", "advertsLateUpTo50ms",
            "advertsLateUpTo100ms", "advertsLateUpTo500ms", "advertsLateUpTo1s", "advertsLateBeyond1s");
        var service = Assert.Single(root.GetProperty("services").EnumerateArray());
        AssertFields(service,
            "key", "protocol", "address", "scheduler", "forwarding", "persistenceSeconds", "persistencePrefixLength", "quorum", "traffic",
            "estimate", "servers", "schedulerFlags", "onePacket", "onSorryServer", "failingOpen", "livingWeight", "quorumWeight",
            "hysteresis");
        Assert.All(service.GetProperty("servers").EnumerateArray(), server => AssertFields(server,
            "address", "weight", "alive", "poolPlace", "mac", "activeConnections", "inactiveConnections", "persistentConnections",
            "traffic", "estimate", "lastCheckSecondsAgo", "forwarding", "upperThreshold", "lowerThreshold", "checks",
            "inPool", "local", "sorry"));
        Assert.All(service.GetProperty("servers").EnumerateArray(), server => AssertFields(
            Assert.Single(server.GetProperty("checks").EnumerateArray()),
            "kind", "passes", "concluded", "reason", "failures", "retries", "attempts", "lastSecondsAgo", "lastMilliseconds",
            "nextInSeconds", "overdue", "suspended", "services"));
        AssertFields(service.GetProperty("traffic"), "connections", "inPackets", "inBytes", "outPackets", "outBytes");
        AssertFields(service.GetProperty("estimate"), "traffic", "rates");
        AssertFields(root.GetProperty("runtime"), "allocatedBytes", "heapBytes", "collections", "pausedSeconds");
        var datapath = root.GetProperty("datapath");
        AssertFields(datapath, "mode", "why", "devices", "vips", "counters", "workers", "estimate", "timeouts", "offload");
        Assert.Equal(["192.168.80.130"], datapath.GetProperty("vips").EnumerateArray().Select(vip => vip.GetString()));
        string[] counters =
            ["forwarded", "toHost", "connections", "templates", "drop.serverUnavailable", "drop.neighbourUnresolved"];
        Assert.All(counters, counter => Assert.True(datapath.GetProperty("counters").TryGetProperty(counter, out _), counter));
        Assert.Equal(("MASTER", "xdp"), (router.GetProperty("state").GetString(), datapath.GetProperty("mode").GetString()));

        // What belongs together is on one line, so that it can be grepped for.
        var lines = Status(two.First.RunDirectory).Split('\n');
        Assert.Contains(lines, line =>
            HasAll(line, "VI_1", "MASTER", "eth0", "201", "100", "192.168.80.130/24", "no advertisement from a master"));
        Assert.Contains(lines, line => HasAll(line, "192.168.80.133:80", "up", "02:00:c0:a8:50:85"));
        Assert.Contains(lines, line => HasAll(line, "192.168.80.134:80", "up", "02:00:c0:a8:50:86"));
        Assert.Contains(lines, line => HasAll(line, "takes the packets of 192.168.80.130"));
        Assert.Contains(lines, line => HasAll(line, "[192.168.80.130]:tcp:80", "wlc", "DR", "persistent"));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_director_it_says_so()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"director-none-{Environment.ProcessId}");
        foreach (var options in new string[][] { [], ["--json"] })
        {
            var (code, said, problem) = Tool.TryRun([.. DirectorProgram.Command, "status", "--run-dir", directory, .. options]);
            Assert.Equal(1, code);
            Assert.Equal("", said);
            var line = Assert.Single(problem.TrimEnd().Split('\n'));
            Assert.StartsWith($"director: no director answers at {directory}/admin.sock", line, StringComparison.Ordinal);
        }
    }

    private static string Status(string runDirectory, params string[] options) =>
        Tool.Run([.. DirectorProgram.Command, "status", "--run-dir", runDirectory, .. options]);

    private static void AssertFields(JsonElement element, params string[] names) =>
        Assert.Equal(names, element.EnumerateObject().Select(property => property.Name));

    private static bool HasAll(string line, params string[] words) => words.All(word => line.Contains(word, StringComparison.Ordinal));
}
