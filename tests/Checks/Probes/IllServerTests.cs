using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks.Probes;

/// <summary>What probes say of servers that are ill, and in which time.</summary>
public sealed class IllServerTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.25);

    public static TheoryData<string> Streams => ["HTTP_GET", "SSL_GET", "SMTP_CHECK"];

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task One_that_accepts_and_is_silent_fails_when_a_single_timeout_is_up(string kind)
    {
        using var server = new IllServer((_, stop) => Task.Delay(Timeout.Infinite, stop));
        var timeout = TimeSpan.FromSeconds(1);
        var (result, time) = await Run(Probe(kind, server.Connection(timeout)));
        Assert.Equal(ProbeResult.Failure("no answer within 1 s"), result);
        Assert.True(time >= timeout - TimeSpan.FromMilliseconds(20), $"{time}");
    }

    [Theory]
    [InlineData("HTTP_GET")]
    [InlineData("SMTP_CHECK")]
    public async Task One_that_drips_its_answer_does_not_hold_the_check(string kind)
    {
        using var server = new IllServer(async (client, stop) =>
        {
            // Never so slow that a single wait is too long.
            foreach (var one in "220-" + new string('x', 10_000))
            {
                await client.SendAsync(new[] { (byte)one }, stop);
                await Task.Delay(10, stop);
            }
        });
        var timeout = TimeSpan.FromSeconds(1);
        var (result, time) = await Run(Probe(kind, server.Connection(timeout)));
        Assert.Equal(ProbeOutcome.Failure, result.Outcome);
        // All of it would take over 100 s; exact times: ProbeDeadlineTests.
        Assert.InRange(time, timeout - TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task A_body_without_an_end_fails_when_all_its_time_is_up_in_bounded_memory()
    {
        using var server = new IllServer(async (client, stop) =>
        {
            await client.SendAsync("HTTP/1.0 200 OK\r\n\r\n"u8.ToArray(), stop);
            var block = new byte[65536];
            while (true) await client.SendAsync(block, stop);
        });
        var settings = new HttpProbeSettings(server.Connection(Short), [new("/") { Pattern = new("x", 0), Digest = new string('0', 32) }]);
        var (result, _) = await Run(new HttpProbe(settings, TimeProvider.System));
        Assert.Equal(ProbeOutcome.Failure, result.Outcome);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task One_that_resets_fails_at_once(string kind)
    {
        using var server = new IllServer((client, _) =>
        {
            client.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        });
        var (result, time) = await Run(Probe(kind, server.Connection(Long)));
        Assert.Equal(ProbeOutcome.Failure, result.Outcome);
        Assert.True(time < Long / 2, $"{time}");
    }

    [Theory]
    [InlineData("HTTP_GET", "/: closed without an answer")]
    [InlineData("SSL_GET", null)]
    [InlineData("SMTP_CHECK", "closed before the greeting")]
    public async Task One_that_closes_early_fails_at_once(string kind, string? reason)
    {
        using var server = new IllServer(async (client, stop) =>
        {
            // Read before the end, for an unread request would make it a reset.
            if (kind != "SMTP_CHECK") await client.ReceiveAsync(new byte[4096], stop);
            client.Shutdown(SocketShutdown.Both);
        });
        var (result, _) = await Run(Probe(kind, server.Connection(Long)));
        Assert.Equal(ProbeOutcome.Failure, result.Outcome);
        if (reason is not null) Assert.Equal(reason, result.Reason);
    }

    [Theory]
    [InlineData("HTTP_GET", "/: no HTTP status in 'garbage'")]
    [InlineData("SSL_GET", null)]
    [InlineData("SMTP_CHECK", "no reply as the greeting")]
    public async Task One_that_talks_rubbish_fails_at_once(string kind, string? reason)
    {
        using var server = new IllServer(async (client, stop) =>
        {
            await client.SendAsync("garbage\r\n"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        var (result, _) = await Run(Probe(kind, server.Connection(Long)));
        Assert.Equal(ProbeOutcome.Failure, result.Outcome);
        if (reason is not null) Assert.Equal(reason, result.Reason);
    }

    [Fact]
    public async Task A_bad_status_is_a_failure_before_the_body_has_ended()
    {
        using var server = new IllServer(async (client, stop) =>
        {
            await client.SendAsync("HTTP/1.1 503 Busy\r\nContent-Length: 10\r\n\r\n"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        Assert.Equal(ProbeResult.Failure("/: status 503"), (await Run(Probe("HTTP_GET", server.Connection(Long)))).Result);
    }

    [Fact]
    public async Task An_answer_is_over_with_its_length_though_the_connection_stays()
    {
        using var server = new IllServer(async (client, stop) =>
        {
            await client.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        Assert.Equal(ProbeResult.Success, (await Run(Probe("HTTP_GET", server.Connection(Long)))).Result);
    }

    [Fact]
    public async Task A_probe_that_is_no_longer_wanted_is_cancelled_and_closes_its_socket()
    {
        using var server = new IllServer(async (client, stop) =>
        {
            while (await client.ReceiveAsync(new byte[100], stop) > 0)
            {
                // Until the probe closes.
            }
        });
        using var cancel = new CancellationTokenSource();
        foreach (var kind in new[] { "HTTP_GET", "SSL_GET", "SMTP_CHECK" })
        {
            var running = Probe(kind, server.Connection(Long)).RunAsync(cancel.Token);
            await Until(() => server.Open > 0);
            Assert.False(running.IsCompleted);
        }

        var last = Probe("HTTP_GET", server.Connection(Long)).RunAsync(cancel.Token);
        await Until(() => server.Open == 4);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last);
        await Until(() => server.Open == 0);
    }

    [Fact]
    public async Task Datagram_probes_of_a_closed_port_fail_at_once_and_of_silence_in_their_time()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
        ConnectionSettings To(TimeSpan timeout) => new(new(IpAddress128.Parse("127.0.0.1"), port), timeout);

        Assert.Equal(ProbeResult.Success, (await Run(new UdpProbe(new(To(Short)), TimeProvider.System))).Result);
        var silent = ProbeResult.Failure("no answer within 0.25 s");
        var required = new UdpProbeSettings(To(Short)) { Reply = new("") };
        Assert.Equal(silent, (await Run(new UdpProbe(required, TimeProvider.System))).Result);
        Assert.Equal(silent, (await Run(new DnsProbe(new(To(Short), DnsRecordType.A, "a"), TimeProvider.System))).Result);

        socket.Close();
        var refused = ProbeResult.Failure("Connection refused");
        Assert.Equal(refused, (await Run(new UdpProbe(new(To(Long)), TimeProvider.System))).Result);
        Assert.Equal(refused, (await Run(new DnsProbe(new(To(Long), DnsRecordType.A, "a"), TimeProvider.System))).Result);
    }

    [Fact]
    public async Task DNS_answers_of_others_are_ignored_and_a_good_one_counts()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var to = new ConnectionSettings(new(IpAddress128.Parse("127.0.0.1"), (ushort)((IPEndPoint)socket.LocalEndPoint!).Port), Long);
        var running = Run(new DnsProbe(new(to, DnsRecordType.A, "a"), TimeProvider.System));
        var question = new byte[512];
        var asked = await socket.ReceiveFromAsync(question, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0));
        byte[] answer = [.. question[..asked.ReceivedBytes]];
        await socket.SendToAsync(answer.AsMemory(0, 5), asked.RemoteEndPoint);
        await socket.SendToAsync(answer, asked.RemoteEndPoint);
        answer[2] |= 0x80;
        byte[] other = [.. answer];
        other[0] ^= 1;
        other[3] |= 2;
        await socket.SendToAsync(other, asked.RemoteEndPoint);
        await socket.SendToAsync(answer, asked.RemoteEndPoint);
        Assert.Equal(ProbeResult.Success, (await running).Result);
    }

    private static IProbe Probe(string kind, ConnectionSettings connection) => kind switch
    {
        "SMTP_CHECK" => new SmtpProbe(new(connection, "me"), TimeProvider.System),
        _ => new HttpProbe(new(connection, [new("/")]) { Tls = kind == "SSL_GET" ? new() : null }, TimeProvider.System),
    };

    private static async Task<(ProbeResult Result, TimeSpan Time)> Run(IProbe probe)
    {
        var watch = Stopwatch.StartNew();
        return (await probe.RunAsync(CancellationToken.None), watch.Elapsed);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(5))
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
    }
}
