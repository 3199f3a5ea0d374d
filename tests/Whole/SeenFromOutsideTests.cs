using System.Text.Json;
using Director.Admin;
using Director.Lab.Namespaces;
using Director.Tests.Lab;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>A director that clients use, as its operator sees it: by ipvsadm's options and by the commands of its own.</summary>
public sealed class SeenFromOutsideTests(ITestOutputHelper output)
{
    private const int RequestsEach = 5;
    private const string Banner = "IP Virtual Server version 1.2.1 (size=4096)\n";
    private static readonly string[] Servers = ["rs1", "rs2"];

    [KernelFact]
    public async Task Ipvsadm_shows_what_clients_did_and_z_starts_counting_anew()
    {
        using var pair = new Pair(output);
        var status = await ServeAsync(pair);
        var service = status.Services[0];

        Assert.Equal(
            Banner +
            "Prot LocalAddress:Port Scheduler Flags\n" +
            "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n" +
            "TCP  192.168.80.130:80 wlc persistent 50\n" +
            string.Concat(service.Servers.Select(server =>
                $"  -> {server.Address,-28} Route   {server.Weight,-6} " +
                $"{server.ActiveConnections,-10} {server.InactiveConnections,-10}\n")),
            Ask(pair, "ipvsadm", "-Ln"));
        Assert.Equal(
            Banner +
            "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n" +
            "  -> RemoteAddress:Port\n" +
            $"{"TCP  192.168.80.130:80",-33}{service.Traffic.Connections,9}{service.Traffic.InPackets,9}        0" +
            $"{service.Traffic.InBytes,9}        0\n" +
            string.Concat(service.Servers.Select(server =>
                $"  -> {server.Address,-28}{server.Traffic.Connections,9}{server.Traffic.InPackets,9}        0" +
                $"{server.Traffic.InBytes,9}        0\n")),
            Ask(pair, "ipvsadm", "-Ln", "--stats"));
        Assert.Equal(
            "-A -t 192.168.80.130:80 -s wlc -p 50\n" +
            "-a -t 192.168.80.130:80 -r 192.168.80.133:80 -g -w 1\n" +
            "-a -t 192.168.80.130:80 -r 192.168.80.134:80 -g -w 1\n",
            Ask(pair, "ipvsadm", "-Sn"));
        Assert.Equal("Timeout (tcp tcpfin udp): 900 120 300\n", Ask(pair, "ipvsadm", "-L", "--timeout"));
        Assert.Contains(
            "  -> 192.168.80.133:80            1         4           ", Ask(pair, "ipvsadm", "-Ln", "--persistent-conn"),
            StringComparison.Ordinal);
        Assert.Contains("CPS", Ask(pair, "ipvsadm", "-Ln", "-t", "192.168.80.130:80", "--rate"), StringComparison.Ordinal);

        var (code, _, problem) = TryAsk(pair, "ipvsadm", "-L", "-t", "192.168.80.130:81");
        Assert.Equal((1, "No such service\n"), (code, problem));
        (code, _, problem) = TryAsk(pair, "ipvsadm", "-Z", "-u", "192.168.80.130:80");
        Assert.Equal((255, "No such service\n"), (code, problem));

        Assert.Equal("", Ask(pair, "ipvsadm", "-Z"));
        Assert.Contains(
            $"{"TCP  192.168.80.130:80",-33}        0        0        0        0        0\n", Ask(pair, "ipvsadm", "-Ln", "--stats"),
            StringComparison.Ordinal);
        Assert.Equal(service.Traffic, (await pair.StatusAsync()).Services[0].Traffic);
    }

    [KernelFact]
    public async Task Services_and_stats_are_tables_or_json_and_are_watched_until_interrupted()
    {
        using var pair = new Pair(output);
        var status = await ServeAsync(pair);

        var services = JsonSerializer.Deserialize(
            Ask(pair, "services", "--json"), StatusJson.Default.IReadOnlyListServiceStatus)!;
        Assert.Equal(status.Services[0].Traffic, Assert.Single(services).Traffic);
        var line = Ask(pair, "services").Split('\n').Single(row => row.Contains("192.168.80.133:80", StringComparison.Ordinal));
        Assert.Contains($" {status.Services[0].Servers[0].Traffic.Connections} ", line, StringComparison.Ordinal);

        var stats = JsonSerializer.Deserialize(Ask(pair, "stats", "--json"), StatusJson.Default.DatapathStatus)!;
        var worker = Assert.Single(stats.Workers);
        Assert.Equal(status.Datapath.Counters["forwarded"], worker.Counters["forwarded"]);
        Assert.Equal(status.Services[0].Traffic, stats.Estimate.Traffic);
        Assert.Contains("forwarded", Ask(pair, "stats"), StringComparison.Ordinal);

        using var watched = Start(pair, "services", "--watch");
        using var json = Start(pair, "stats", "--watch", "--json");
        await UntilAsync(() => watched.Lines.Count(row => row.Contains("192.168.80.133:80", StringComparison.Ordinal)) >= 2);
        await UntilAsync(() => json.Lines.Count >= 2);
        Assert.All(json.Lines, row => Assert.NotNull(JsonSerializer.Deserialize(row, StatusJson.Default.DatapathStatus)));
        Assert.DoesNotContain(watched.Lines, row => row.Contains('\u001b', StringComparison.Ordinal));
        foreach (var process in new[] { watched, json })
        {
            process.Kill("INT");
            Assert.True(process.Wait(TimeSpan.FromSeconds(10)));
            Assert.Equal(0, process.ExitCode);
        }
    }

    [KernelFact]
    public async Task Connections_are_listed_as_ipvsadm_lists_them_whole_or_by_what_is_wanted()
    {
        using var pair = new Pair(output);
        var status = await ServeAsync(pair);
        var users = pair.Stage.Plan.Users;

        // A template for each user, and the connections that the servers' counts are of.
        var listed = Ask(pair, "ipvsadm", "-Lnc").Split('\n');
        Assert.Equal("IPVS connection entries", listed[0]);
        Assert.Equal("pro expire state       source             virtual            destination", listed[1]);
        var rows = listed[2..^1];
        var templates = rows.Where(row => row.Contains(" ASSURED ", StringComparison.Ordinal)).ToList();
        Assert.Equal(users.Count, templates.Count);
        Assert.All(templates, row => Assert.Matches("^TCP 00:[0-5][0-9]  ASSURED     [0-9.]+:0 ", row));
        Assert.All(users, user => Assert.Single(templates, row => row.Contains(
            $" {user + ":0",-18} 192.168.80.130:80  192.168.80.13", StringComparison.Ordinal)));
        var connections = rows.Except(templates).ToList();
        Assert.Equal(status.Services[0].Servers.Sum(server => server.ActiveConnections + server.InactiveConnections), connections.Count);
        Assert.All(connections, row => Assert.Matches(
            "^TCP 0[0-2]:[0-5][0-9]  FIN_WAIT    [0-9.]+:[0-9]+ +192[.]168[.]80[.]130:80  192[.]168[.]80[.]13[34]:80$", row));

        Assert.Equal(rows.Length + 2, Ask(pair, "connections").Split('\n').Length);
        var ofOne = JsonSerializer.Deserialize<List<ConnectionStatus>>(
            Ask(pair, "connections", "--json", "--client", users[0].ToString()), JsonSerializerOptions.Web)!;
        Assert.Equal(RequestsEach + 1, ofOne.Count);
        Assert.All(ofOne, entry => Assert.StartsWith($"{users[0]}:", entry.Client, StringComparison.Ordinal));
        var ofServer = Ask(pair, "connections", "--server", "192.168.80.133:80", "--service", "tcp:192.168.80.130:80").Split('\n')[1..^1];
        Assert.Equal(rows.Where(row => row.EndsWith(" 192.168.80.133:80", StringComparison.Ordinal)).Count(), ofServer.Length);
        Assert.Equal(3, Ask(pair, "connections", "--limit", "3").Split('\n')[1..^1].Length);
        Assert.Empty(Ask(pair, "connections", "--service", "udp:192.168.80.130:80").Split('\n')[1..^1]);
        Assert.Equal("[\n]\n", Ask(pair, "connections", "--json", "--client", "192.0.2.0/24"));

        using var watched = Start(pair, "connections", "--watch", "--limit", "1");
        await UntilAsync(() => watched.Lines.Count >= 4);
        Assert.Equal(watched.Lines[0], watched.Lines[2]);
        watched.Kill("INT");
        Assert.True(watched.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(0, watched.ExitCode);
    }

    [KernelFact]
    public async Task The_socket_answers_metrics_and_says_what_is_wrong_with_a_question()
    {
        using var pair = new Pair(output);
        var status = await ServeAsync(pair);

        var metrics = Curl(pair, "/metrics").Split('\n');
        Assert.Contains(
            $"director_service_connections_total{{service=\"tcp:192.168.80.130:80\"}} {status.Services[0].Traffic.Connections}", metrics);
        Assert.Contains(
            $"director_worker_events_total{{worker=\"0\",event=\"forwarded\"}} {status.Datapath.Counters["forwarded"]}", metrics);
        Assert.Contains("director_vrrp_master{instance=\"VI_1\"} 1", metrics);

        Assert.Equal("'x' is no service, such as tcp:192.0.2.1:80\n400", Curl(pair, "/connections?service=x", "-w", "%{http_code}"));
        Assert.Equal("400", Curl(pair, "/zero?service=x", "-w", "%{http_code}", "-X", "POST"));
        Assert.Equal("405", Curl(pair, "/zero", "-w", "%{http_code}"));
        Assert.Equal("404", Curl(pair, "/nothing", "-w", "%{http_code}"));
    }

    /// <summary>Serves all users and waits until a tick of the estimator has taken all of it in.</summary>
    private static async Task<StatusDocument> ServeAsync(Pair pair)
    {
        foreach (var server in Servers) await pair.Stage.StartServerAsync(server, default);
        await pair.StartFirstDirectorAsync();
        var results = await pair.Stage.RequestAsync(pair.Stage.Plan.Users, RequestsEach, default);
        Assert.All(results, result => Assert.True(result.Answered, result.ToString()));
        var status = await pair.UntilAsync("the estimator has ticked", now =>
            now.Services[0].Traffic == now.Services[0].Estimate.Traffic && now.Services[0].Traffic == now.Datapath.Estimate.Traffic);
        Assert.Equal(pair.Stage.Plan.Users.Count * RequestsEach, status.Services[0].Traffic.Connections);
        return status;
    }

    private static string Ask(Pair pair, params string[] command) => Tool.Run(CommandLine(pair, command));

    private static (int Code, string Said, string Problem) TryAsk(Pair pair, params string[] command) =>
        Tool.TryRun(CommandLine(pair, command));

    private static NamespaceProcess Start(Pair pair, params string[] command) =>
        pair.Stage.Topology["d1"].Start(CommandLine(pair, command));

    private static string Curl(Pair pair, string path, params string[] options)
    {
        var socket = AdminSocket.PathIn(pair.Stage.Directors.First().RunDirectory);
        return Tool.Run(["curl", "-s", "--unix-socket", socket, .. options, "http://director" + path]);
    }

    private static string[] CommandLine(Pair pair, string[] command) =>
        [.. DirectorProgram.Command, command[0], "--run-dir", pair.Stage.Directors.First().RunDirectory, .. command[1..]];

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds()) await Task.Delay(20, patience.Token);
    }
}
