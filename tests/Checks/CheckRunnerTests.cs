using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Director.Checks;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks;

public sealed class CheckRunnerTests
{
    private static readonly RealServerKey First = Key("192.168.80.133");
    private static readonly RealServerKey Second = Key("192.168.80.134");

    [Fact]
    public async Task A_server_that_fails_leaves_after_its_retries_and_returns_with_one_success()
    {
        await using var world = new World(new() { [First] = "+----+" });
        world.Runner.Replace([Server(First)]);
        for (var i = 0; i < 6; i++) world.RunNext();
        Assert.Equal(
        [
            "check [192.168.80.133]:tcp:80 True: TCP connection to [192.168.80.133]:tcp:80 success.",
            "check [192.168.80.133]:tcp:80 False: TCP_CHECK on service [192.168.80.133]:tcp:80 failed after 3 retries.",
            "server [192.168.80.133]:tcp:80 False: [192.168.80.133]:tcp:80 of VS [192.168.80.130]:tcp:80 is down",
            "check [192.168.80.133]:tcp:80 True: TCP connection to [192.168.80.133]:tcp:80 success.",
            "server [192.168.80.133]:tcp:80 True: [192.168.80.133]:tcp:80 of VS [192.168.80.130]:tcp:80 is up",
        ], world.Lines);
    }

    [Fact]
    public async Task A_server_that_is_dead_at_the_start_leaves_with_the_first_attempt()
    {
        await using var world = new World(new() { [First] = "-" });
        world.Runner.Replace([Server(First)]);
        Assert.True(world.Status(First).IsUp);
        world.RunNext();
        Assert.False(world.Status(First).IsUp);
        Assert.Equal("check [192.168.80.133]:tcp:80 False: TCP_CHECK on service [192.168.80.133]:tcp:80 failed.", world.Lines[^2]);
    }

    [Fact]
    public async Task Failures_that_change_nothing_are_told_where_that_is_asked_for()
    {
        await using var world = new World(new() { [First] = "+---" });
        var server = Server(First, retries: 1);
        world.Runner.Replace([server with { Checks = [server.Checks[0] with { LogsAllFailures = true }] }]);
        for (var i = 0; i < 4; i++) world.RunNext();
        const string failure = "failure [192.168.80.133]:tcp:80: TCP_CHECK on service [192.168.80.133]:tcp:80 failed: refused";
        Assert.Equal([failure, failure], [world.Lines[1], world.Lines[4]]);
        Assert.Equal(5, world.Lines.Count);
    }

    [Fact]
    public async Task The_lines_name_the_server_and_not_where_its_check_connects()
    {
        var elsewhere = Server(First);
        var probe = new TcpProbeSettings(new(Second.Server, TimeSpan.FromSeconds(3)));
        elsewhere = elsewhere with { Checks = [elsewhere.Checks[0] with { Probe = probe }] };
        await using var world = new World(new() { [Second] = "+" });
        world.Runner.Replace([elsewhere]);
        world.RunNext();
        Assert.Equal("check [192.168.80.133]:tcp:80 True: TCP connection to [192.168.80.133]:tcp:80 success.", Assert.Single(world.Lines));
    }

    [Fact]
    public async Task A_server_without_checks_is_up_and_left_in_peace()
    {
        await using var world = new World([]);
        world.Runner.Replace([new(First, [])]);
        world.Pass(TimeSpan.FromDays(1));
        Assert.True(world.Status(First).IsUp);
        Assert.Empty(world.Lines);
    }

    [Fact]
    public async Task The_age_of_the_last_attempt_and_its_reason_are_shown()
    {
        await using var world = new World(new() { [First] = "-" });
        world.Runner.Replace([Server(First)]);
        Assert.Null(world.Check(First).SinceLastRun);
        world.RunNext();
        world.Pass(TimeSpan.FromSeconds(2));
        var check = world.Check(First);
        Assert.Equal(TimeSpan.FromSeconds(2), check.SinceLastRun);
        Assert.Equal(TimeSpan.FromSeconds(4), check.UntilNextRun);
        Assert.Equal("refused", check.LastReason);
    }

    [Fact]
    public async Task A_probe_that_throws_is_a_local_problem_and_is_tried_again()
    {
        await using var world = new World(new() { [First] = "+!!+!" });
        world.Runner.Replace([Server(First)]);
        for (var i = 0; i < 5; i++) world.RunNext();
        Assert.True(world.Status(First).IsUp);
        const string hindered = "hindered [192.168.80.133]:tcp:80: TCP_CHECK on service [192.168.80.133]:tcp:80 cannot be made here, " +
            "rescheduling: InvalidOperationException: a defect";
        Assert.Equal(
        [
            "check [192.168.80.133]:tcp:80 True: TCP connection to [192.168.80.133]:tcp:80 success.",
            // Once when it begins, not at each attempt.
            hindered,
            hindered,
        ], world.Lines);
    }

    [Fact]
    public async Task A_real_server_is_followed_down_and_up_again()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = (ushort)((IPEndPoint)listener.LocalEndpoint).Port;
        var key = new RealServerKey(First.Service, new(IpAddress128.Parse("127.0.0.1"), port));
        IProbe Probe(ProbeSettings settings) => new TcpProbe((TcpProbeSettings)settings, TimeProvider.System);
        await using var world = new World([], probes: Probe, watched: key);
        world.Runner.Replace([Server(key)]);
        world.RunNext();
        Assert.True(world.Check(key) is { IsUp: true, HasRun: true });
        listener.Stop();
        // Held without listening: nobody else gets the port, and it refuses.
        using (var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            held.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            held.Bind(new IPEndPoint(IPAddress.Loopback, port));
            for (var failures = 1; failures <= 3; failures++)
            {
                world.RunNext();
                Assert.True(world.Check(key).IsUp);
                Assert.Equal(failures, world.Check(key).Failures);
            }

            world.RunNext();
            Assert.False(world.Status(key).IsUp);
            held.Listen();
            world.RunNext();
            Assert.True(world.Status(key).IsUp);
        }
    }

    [Fact]
    public async Task A_check_that_is_told_is_never_tried_and_says_the_same_thing_once()
    {
        await using var world = new World([]);
        var (bfd, other) = (new BfdProbeSettings("b"), new BfdProbeSettings("c"));
        world.Runner.Replace([Told(First, bfd), Told(Second, bfd, alpha: true)]);
        Assert.Equal(0, world.Time.WaitingTimers);
        Assert.Equal((true, false), (world.Status(First).IsUp, world.Status(Second).IsUp));
        world.Runner.Tell(other, ProbeResult.Failure("silence"));
        Assert.Empty(world.Lines);
        world.Runner.Tell(bfd, ProbeResult.Success);
        world.Runner.Tell(new BfdProbeSettings("b"), ProbeResult.Success);
        Assert.Equal((true, true), (world.Status(First).IsUp, world.Status(Second).IsUp));
        Assert.Equal(
        [
            "check [192.168.80.133]:tcp:80 True: BFD check of [b] RS([192.168.80.133]:tcp:80 of VS [192.168.80.130]:tcp:80) is UP",
            "check [192.168.80.134]:tcp:80 True: BFD check of [b] RS([192.168.80.134]:tcp:80 of VS [192.168.80.130]:tcp:80) is UP",
            "server [192.168.80.134]:tcp:80 True: [192.168.80.134]:tcp:80 of VS [192.168.80.130]:tcp:80 is up",
        ], world.Lines);
        world.Runner.Tell(bfd, ProbeResult.Failure("silence"));
        Assert.Equal((false, false), (world.Status(First).IsUp, world.Status(Second).IsUp));
        Assert.Equal("silence", world.Check(First).LastReason);
        world.Runner.Replace([Told(First, bfd)]);
        Assert.False(world.Status(First).IsUp);
        var said = world.Lines.Count;
        world.Runner.Tell(bfd, ProbeResult.Failure("silence"));
        Assert.Equal(said, world.Lines.Count);
    }

    [Fact]
    public async Task No_more_probes_run_at_once_than_allowed()
    {
        const int allowed = 3;
        var servers = Enumerable.Range(1, 20).Select(i => Key($"10.0.0.{i}")).ToArray();
        await using var world = new World(servers.ToDictionary(key => key, _ => "*"), allowed);
        world.Runner.Replace(servers.Select(key => Server(key)));
        world.Pass(TimeSpan.FromSeconds(8));
        for (var left = servers.Length; left > 0; left--)
        {
            var waiting = Math.Min(left, allowed);
            World.Until(() => world.Held.Count == waiting);
            Assert.True(world.Held.TryTake(out var probe));
            probe.SetResult(ProbeResult.Success);
        }

        World.Until(() => world.Lines.Count == servers.Length);
        Assert.Equal(allowed, world.MostAtOnce);
    }

    [Fact]
    public async Task A_reload_keeps_health_and_schedule_of_what_stays()
    {
        await using var world = new World(new() { [First] = "-", [Second] = "+" });
        world.Runner.Replace([Server(First)]);
        world.RunNext();
        var before = world.Check(First);
        world.Runner.Replace([Server(First), Server(Second)]);
        Assert.False(world.Status(First).IsUp);
        Assert.Equal(before, world.Check(First));
        Assert.True(world.Status(Second).IsUp);
        world.Runner.Replace([Server(Second)]);
        Assert.Equal(Second, Assert.Single(world.Runner.Snapshot()).Key);
    }

    [Fact]
    public async Task A_reload_that_brings_a_server_up_says_so()
    {
        await using var world = new World(new() { [First] = "-" });
        world.Runner.Replace([Server(First)]);
        world.RunNext();
        world.Runner.Replace([Server(First, timeout: 4)]);
        Assert.True(world.Status(First).IsUp);
        Assert.StartsWith("server [192.168.80.133]:tcp:80 True", world.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_is_removed_while_its_probe_runs_has_no_say()
    {
        await using var world = new World(new() { [First] = "*" });
        world.Runner.Replace([Server(First)]);
        world.Pass(TimeSpan.FromSeconds(8));
        World.Until(() => world.Held.Count == 1);
        world.Runner.Replace([]);
        Assert.True(world.Held.TryTake(out var probe));
        probe.SetResult(ProbeResult.Failure("refused"));
        await world.Runner.DisposeAsync();
        Assert.Empty(world.Lines);
    }

    [Fact]
    public async Task Stopping_waits_for_no_probe()
    {
        var world = new World(new() { [First] = "*" });
        world.Runner.Replace([Server(First)]);
        world.Pass(TimeSpan.FromSeconds(8));
        World.Until(() => world.Held.Count == 1);
        await world.Runner.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(world.Lines);
        Assert.Throws<ObjectDisposedException>(() => world.Runner.Replace([]));
    }

    private static RealServerKey Key(string address) => new(
        new(IpProtocol.Tcp, new(IpAddress128.Parse("192.168.80.130"), 80)), new(IpAddress128.Parse(address), 80));

    private static ServerChecks Told(RealServerKey key, ProbeSettings probe, bool alpha = false) =>
        new(key, [new(probe, 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, alpha)]);

    private static ServerChecks Server(RealServerKey key, int retries = 3, int timeout = 3) => new(key,
    [
        new(new TcpProbeSettings(new(key.Server, TimeSpan.FromSeconds(timeout))),
            retries, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(6)),
    ]);

    /// <summary>
    /// A runner on a clock of its own, with scripted probes: one letter an attempt, <c>+</c> success, <c>-</c> failure, <c>!</c> an
    /// exception, <c>*</c> held until the test completes it; the last letter repeats.
    /// </summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly Dictionary<RealServerKey, string> _scripts;
        private readonly ConcurrentQueue<string> _lines = new();
        private int _atOnce;
        private int _mostAtOnce;

        private readonly RealServerKey _watched;

        public World(Dictionary<RealServerKey, string> scripts, int concurrentProbes = CheckLimits.DefaultConcurrentProbes,
            Func<ProbeSettings, IProbe>? probes = null, RealServerKey? watched = null)
        {
            _scripts = scripts;
            _watched = watched ?? First;
            probes ??= settings => new ScriptedProbe(this, (TcpProbeSettings)settings);
            Runner = new(Report, probes, Time, new Random(1), concurrentProbes);
        }

        public WatchedTimeProvider Time { get; } = new();

        public CheckRunner Runner { get; }

        public ConcurrentBag<TaskCompletionSource<ProbeResult>> Held { get; } = [];

        public IReadOnlyList<string> Lines => [.. _lines];

        public int MostAtOnce => _mostAtOnce;

        /// <summary>Waits for what another thread is about to do; half a minute is a hang, not a slow machine.</summary>
        public static void Until(Func<bool> condition) =>
            Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)), "nothing happened");

        public ServerSnapshot Status(RealServerKey key) => Assert.Single(Runner.Snapshot(), status => status.Key == key);

        public CheckSnapshot Check(RealServerKey key) => Assert.Single(Status(key).Checks);

        /// <summary>Moves the clock to the next attempt of the watched server, and waits until it has been concluded.</summary>
        public void RunNext()
        {
            Pass(Check(_watched).UntilNextRun + TimeSpan.FromMilliseconds(1));
            Until(() => Check(_watched).SinceLastRun == TimeSpan.Zero);
        }

        /// <summary>Moves the clock once every check waits for it.</summary>
        public void Pass(TimeSpan time)
        {
            var checks = Runner.Snapshot().Sum(server => server.Checks.Count);
            Until(() => Time.WaitingTimers == checks);
            Time.Advance(time);
        }

        public ValueTask DisposeAsync() => Runner.DisposeAsync();

        private void Report(CheckEvent reported) => _lines.Enqueue(reported switch
        {
            CheckConcluded check => string.Create(CultureInfo.InvariantCulture, $"check {Name(check)} {check.Passed}: {check.Line}"),
            HealthChanged health => string.Create(CultureInfo.InvariantCulture, $"server {Name(health)} {health.IsUp}: {health.Line}"),
            CheckFailed failed => $"failure {Name(failed)}: {failed.Line}",
            CheckHindered => $"hindered {Name(reported)}: {reported.Line}",
            _ => throw new InvalidOperationException(reported.ToString()),
        });

        private static string Name(CheckEvent reported) => reported.Server.Server.ToString(IpProtocol.Tcp);

        private sealed class ScriptedProbe(World world, TcpProbeSettings settings) : IProbe
        {
            private readonly string _script = world._scripts.First(script => script.Key.Server == settings.Connection.Target).Value;
            private int _attempt;

            public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
            {
                var atOnce = Interlocked.Increment(ref world._atOnce);
                InterlockedMax(ref world._mostAtOnce, atOnce);
                try
                {
                    switch (_script[Math.Min(_attempt++, _script.Length - 1)])
                    {
                        case '+': return ProbeResult.Success;
                        case '-': return ProbeResult.Failure("refused");
                        case '!': throw new InvalidOperationException("a defect");
                        default:
                            var held = new TaskCompletionSource<ProbeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
                            world.Held.Add(held);
                            return await held.Task.WaitAsync(cancellation);
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref world._atOnce);
                }
            }

            private static void InterlockedMax(ref int target, int value)
            {
                int seen;
                while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
                {
                }
            }
        }
    }
}
