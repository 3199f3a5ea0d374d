using System.Text;
using System.Text.RegularExpressions;
using Director.Admin;
using Director.Tests.Architecture;

namespace Director.Tests.Admin;

public sealed class MetricsTextTests
{
    private static readonly StatusDocument Status = new()
    {
        Version = "1.2.3",
        ProcessId = 1,
        ConfigFile = "/etc/keepalived/keepalived.conf",
        ConfiguredAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        UptimeSeconds = 12.5,
        Findings = ["one"],
        Runtime = new(1000, 500, 2, 0.25),
        Vrrp =
        [
            new("VI_1", "eth0", 51, 100, "MASTER", "", DateTimeOffset.UnixEpoch, [],
                new Dictionary<string, long> { ["becomeMaster"] = 2, ["maxAdvertLatenessMicroseconds"] = 1500 })
            {
                Rival = new("10.0.0.2", "02:00:00:00:00:0b", 3, ""),
            },
        ],
        Reloads = new()
        {
            Generation = 3, Applied = 4, Refused = 1,
            Last = new()
            {
                At = new(2023, 11, 14, 22, 13, 20, default), Applied = false, Seconds = 0.25, Steps = 0, Why = "",
                Stages = new Dictionary<string, double>(),
            },
        },
        VrrpUnclaimed = new Dictionary<string, long> { ["rejectedUnknownRouter"] = 7 },
        Bfd =
        [
            new("b", "10.0.0.9", "UP", "", DateTimeOffset.UnixEpoch, "UP", 40, 180,
                new Dictionary<string, long> { ["wentUp"] = 3, ["maxLatenessMicroseconds"] = 2500 }),
        ],
        Trackers = [new("File", "number", "UP", 7, "", null, false, []), new("Script", "check", "DOWN", 0, "", 9, true, [])],
        Notifications = [new("scripts of VI_1", 1, 2, 3, 4, null)],
        Services =
        [
            new("[10.0.0.100]:tcp:80", "TCP", "10.0.0.100:80", "wlc", "DR", null, 32, true, new(5, 7, 280, 3, 120), default,
            [
                new("10.0.0.11:80", 4, true, 0, null, 1, 2, 3, new(5, 7, 280), default, null),
                new("10.0.0.12:80", 1, false, null, null, 0, 0, 0, default, default, null)
                {
                    Checks = [new("TCP_CHECK", false, true, "refused", 0, 1, 17, 2.5, 1.5, 3.5, true, false, 1)],
                },
            ])
            {
                FailingOpen = true, LivingWeight = 4,
            },
        ],
        Datapath = new("xdp", "", [], [], new Dictionary<string, long>
            {
                ["forwarded"] = 9, ["drop.tooBig"] = 3, ["connections"] = 11, ["xdp.passed"] = 6, ["templates"] = 8,
            },
            [
                new(0, new Dictionary<string, long> { ["forwarded"] = 4, ["drop.tooBig"] = 3, ["connections"] = 5 }),
                new(1, new Dictionary<string, long> { ["forwarded"] = 5, ["drop.tooBig"] = 0, ["connections"] = 6 }),
            ],
            default, new(900, 120, 300))
        {
            Offload = new("partly", "", 12, 1024, []),
        },
    };

    [Fact]
    public async Task Every_number_of_the_state_has_its_metric()
    {
        var text = await WriteAsync(Status);

        string[] expected =
        [
            """director_info{version="1.2.3",datapath="xdp"} 1""",
            "director_uptime_seconds 12.5",
            "director_configured_timestamp_seconds 1700000000",
            "director_configuration_generation 3",
            """director_reloads_total{result="applied"} 4""",
            """director_reloads_total{result="refused"} 1""",
            "director_last_reload_timestamp_seconds 1700000000",
            "director_last_reload_applied 0",
            "director_last_reload_seconds 0.25",
            "director_findings 1",
            "director_allocated_bytes_total 1000",
            "director_heap_bytes 500",
            "director_collections_total 2",
            "director_paused_seconds_total 0.25",
            """director_vrrp_master{instance="VI_1"} 1""",
            """director_vrrp_fault{instance="VI_1"} 0""",
            """director_vrrp_priority{instance="VI_1"} 100""",
            """director_vrrp_rival{instance="VI_1"} 1""",
            """director_vrrp_unclaimed_total{event="rejectedUnknownRouter"} 7""",
            """director_vrrp_events_total{instance="VI_1",event="becomeMaster"} 2""",
            """director_vrrp_advertisement_lateness_max_seconds{instance="VI_1"} 0.0015""",
            """director_bfd_up{session="b"} 1""",
            """director_bfd_detection_seconds{session="b"} 0.18""",
            """director_bfd_events_total{session="b",event="wentUp"} 3""",
            """director_bfd_packet_lateness_max_seconds{session="b"} 0.0025""",
            """director_tracker_up{kind="file",name="number"} 1""",
            """director_tracker_value{kind="file",name="number"} 7""",
            """director_tracker_up{kind="script",name="check"} 0""",
            """director_tracker_overdue{kind="script",name="check"} 1""",
            """director_notifications_pending{way="scripts of VI_1"} 1""",
            """director_notifications_total{way="scripts of VI_1",outcome="delivered"} 2""",
            """director_notifications_total{way="scripts of VI_1",outcome="failed"} 3""",
            """director_notifications_total{way="scripts of VI_1",outcome="dropped"} 4""",
            """director_service_quorum{service="tcp:10.0.0.100:80"} 1""",
            """director_service_connections_total{service="tcp:10.0.0.100:80"} 5""",
            """director_service_packets_total{service="tcp:10.0.0.100:80",direction="in"} 7""",
            """director_service_packets_total{service="tcp:10.0.0.100:80",direction="out"} 3""",
            """director_service_bytes_total{service="tcp:10.0.0.100:80",direction="in"} 280""",
            """director_service_bytes_total{service="tcp:10.0.0.100:80",direction="out"} 120""",
            """director_server_alive{service="tcp:10.0.0.100:80",server="10.0.0.11:80"} 1""",
            """director_server_alive{service="tcp:10.0.0.100:80",server="10.0.0.12:80"} 0""",
            """director_server_in_pool{service="tcp:10.0.0.100:80",server="10.0.0.11:80"} 1""",
            """director_server_in_pool{service="tcp:10.0.0.100:80",server="10.0.0.12:80"} 0""",
            """director_server_weight{service="tcp:10.0.0.100:80",server="10.0.0.11:80"} 4""",
            """director_server_active_connections{service="tcp:10.0.0.100:80",server="10.0.0.11:80"} 1""",
            """director_server_inactive_connections{service="tcp:10.0.0.100:80",server="10.0.0.11:80"} 2""",
            """director_server_persistent_connections{service="tcp:10.0.0.100:80",server="10.0.0.11:80"} 3""",
            """director_server_connections_total{service="tcp:10.0.0.100:80",server="10.0.0.11:80"} 5""",
            """director_server_packets_total{service="tcp:10.0.0.100:80",server="10.0.0.11:80",direction="in"} 7""",
            """director_server_bytes_total{service="tcp:10.0.0.100:80",server="10.0.0.11:80",direction="in"} 280""",
            """director_service_failing_open{service="tcp:10.0.0.100:80"} 1""",
            """director_service_living_weight{service="tcp:10.0.0.100:80"} 4""",
            """director_check_up{service="tcp:10.0.0.100:80",server="10.0.0.12:80",check="TCP_CHECK 1"} 0""",
            """director_check_overdue{service="tcp:10.0.0.100:80",server="10.0.0.12:80",check="TCP_CHECK 1"} 1""",
            """director_check_attempts_total{service="tcp:10.0.0.100:80",server="10.0.0.12:80",check="TCP_CHECK 1"} 17""",
            """director_check_duration_seconds{service="tcp:10.0.0.100:80",server="10.0.0.12:80",check="TCP_CHECK 1"} 0.0015""",
            """director_worker_connections{worker="0"} 5""",
            """director_worker_connections{worker="1"} 6""",
            """director_worker_drops_total{worker="0",reason="tooBig"} 3""",
            """director_worker_drops_total{worker="1",reason="tooBig"} 0""",
            """director_worker_events_total{worker="0",event="forwarded"} 4""",
            """director_worker_events_total{worker="1",event="forwarded"} 5""",
            """director_steering_events_total{event="xdp.passed"} 6""",
            "director_templates 8",
            """director_offload{state="partly"} 1""",
            "director_offload_flows 12",
            "director_offload_capacity 1024",
        ];
        var lines = text.Split('\n');
        Assert.All(expected, line => Assert.Contains(line, lines));
        Assert.Contains("# TYPE director_service_bytes_total counter", lines);
        Assert.Contains("# TYPE director_server_weight gauge", lines);
    }

    [Fact]
    public async Task What_is_gone_is_no_longer_told()
    {
        await WriteAsync(Status);

        Assert.DoesNotContain("service=", await WriteAsync(Status with { Services = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documentation_names_every_metric_and_no_other()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "observability.md"));
        var documented = Regex.Matches(page, "(?m)^[|] `(director_[a-z_]+)` [|]").Select(match => match.Groups[1].Value).Order();
        var told = Regex.Matches(await WriteAsync(Status), "(?m)^# TYPE ([a-z_]+) ").Select(match => match.Groups[1].Value).Order();

        Assert.Equal(told, documented);
    }

    private static async Task<string> WriteAsync(StatusDocument status)
    {
        using var stream = new MemoryStream();
        await MetricsText.WriteAsync(status, stream, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
