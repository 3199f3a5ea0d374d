using Director.Checks;
using Director.Config;
using Director.Control;
using Director.Net;

namespace Director.Tests.Control;

public sealed class ServicePoolTests
{
    private static readonly ServiceKey Service = new(IpProtocol.Tcp, new(IpAddress128.Parse("192.168.80.130"), 80));
    private static readonly Endpoint First = new(IpAddress128.Parse("192.168.80.133"), 80);
    private static readonly Endpoint Second = new(IpAddress128.Parse("192.168.80.134"), 80);

    private static readonly Endpoint Third = new(IpAddress128.Parse("192.168.80.135"), 80);
    private static readonly Endpoint Sorry = new(IpAddress128.Parse("192.168.80.139"), 80);
    private static readonly SourceLocation Here = new("lb.conf", 1);
    private static readonly TcpCheckConfig Alpha = new(
        new(First, TimeSpan.FromSeconds(1)), new(0, TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.Zero, Alpha: true), Here);

    private readonly List<string> _log = [];
    private ServicePool? _started;

    private ServicePool Pool => _started!;

    private IEnumerable<(Endpoint Endpoint, int Weight)> Members => Pool.Members.Select(member => (member.Endpoint, member.Weight));

    [Fact]
    public void The_server_added_last_stands_first()
    {
        Configure(Server(First), Server(Second, weight: 3));
        Assert.Equal([(Second, 3), (First, 1)], Members);
        Assert.True(Pool.HasQuorum);
        Assert.Equal(["Gained quorum 1+0=1 <= 4 for VS [192.168.80.130]:tcp:80"], _log);
    }

    [Fact]
    public void A_failing_server_leaves_and_returns_to_the_head()
    {
        Configure(Server(First), Server(Second));
        _log.Clear();
        Pool.Apply(Second, alive: false, _log);
        Assert.Equal([(First, 1)], Members);
        Pool.Apply(Second, alive: true, _log);
        Pool.Apply(First, alive: false, _log);
        Pool.Apply(First, alive: true, _log);
        Assert.Equal([(First, 1), (Second, 1)], Members);
        Assert.Equal("Removing service [192.168.80.134]:tcp:80 from VS [192.168.80.130]:tcp:80", _log[0]);
        Assert.Equal("Adding service [192.168.80.134]:tcp:80 to VS [192.168.80.130]:tcp:80", _log[1]);
    }

    [Fact]
    public void An_inhibited_server_stays_with_weight_zero()
    {
        Configure(Server(First), Server(Second, inhibit: true));
        Pool.Apply(Second, alive: false, _log);
        Assert.Equal([(Second, 0), (First, 1)], Members);
        Assert.False(Pool.IsAlive(Second));
        Pool.Apply(Second, alive: true, _log);
        Assert.Equal([(Second, 1), (First, 1)], Members);
    }

    [Fact]
    public void An_alpha_server_is_added_when_its_checks_pass()
    {
        Configure(Server(First), Server(Second, alpha: true));
        Assert.Equal([(First, 1)], Members);
        Pool.Apply(Second, alive: true, _log);
        Assert.Equal([(Second, 1), (First, 1)], Members);
    }

    [Fact]
    public void Quorum_is_lost_with_the_last_server_and_gained_with_the_first()
    {
        Configure(Server(First), Server(Second));
        Pool.Apply(First, alive: false, _log);
        Assert.True(Pool.HasQuorum);
        _log.Clear();
        Pool.Apply(Second, alive: false, _log);
        Assert.False(Pool.HasQuorum);
        Assert.Empty(Pool.Members);
        Assert.Equal("Lost quorum 1-0=1 > 0 for VS [192.168.80.130]:tcp:80", _log[^1]);
        Pool.Apply(First, alive: true, _log);
        Assert.True(Pool.HasQuorum);
    }

    [Fact]
    public void A_new_configuration_keeps_health_and_place_of_what_stays()
    {
        Configure(Server(First), Server(Second));
        Pool.Apply(First, alive: false, _log);
        Configure(Server(First), Server(Second, weight: 5), Server(Third));
        Assert.Equal([(Third, 1), (Second, 5)], Members);
        Assert.False(Pool.IsAlive(First));
        Configure(Server(Third));
        Assert.Equal([(Third, 1)], Members);
        Configure(Server(Third), Server(First));
        Assert.True(Pool.IsAlive(First));
    }

    [Fact]
    public void Hysteresis_keeps_the_quorum_for_a_while_and_keeps_it_lost_for_a_while()
    {
        Configure(Of(Server(First, weight: 4), Server(Second, weight: 2), Server(Third, weight: 1)) with { Quorum = 4, Hysteresis = 2 });
        Assert.Equal(["Gained quorum 4+2=6 <= 7 for VS [192.168.80.130]:tcp:80"], _log);
        _log.Clear();
        Pool.Apply(First, alive: false, _log);
        Assert.True(Pool.HasQuorum);
        Pool.Apply(Second, alive: false, _log);
        Assert.Equal("Lost quorum 4-2=2 > 1 for VS [192.168.80.130]:tcp:80", _log[^1]);
        Assert.Equal([(Third, 1)], Members);
        Pool.Apply(First, alive: true, _log);
        Assert.False(Pool.HasQuorum);
        Pool.Apply(Second, alive: true, _log);
        Assert.Equal("Gained quorum 4+2=6 <= 7 for VS [192.168.80.130]:tcp:80", _log[^1]);
    }

    [Fact]
    public void The_sorry_server_stands_in_for_all_until_the_quorum_is_back()
    {
        Configure(Of(Server(First, weight: 3), Server(Second), Server(Third)) with { Quorum = 2, SorryServer = Server(Sorry) });
        Assert.Equal([(Third, 1), (Second, 1), (First, 3)], Members);
        Pool.Apply(Third, alive: false, _log);
        _log.Clear();
        Pool.Apply(First, alive: false, _log);
        Assert.Equal([(Sorry, 1)], Members);
        Assert.True(Pool.IsOnSorryServer);
        Assert.Equal(
            [
                "Removing service [192.168.80.133]:tcp:80 from VS [192.168.80.130]:tcp:80",
                "Lost quorum 2-0=2 > 1 for VS [192.168.80.130]:tcp:80",
                "Adding sorry server [192.168.80.139]:tcp:80 to VS [192.168.80.130]:tcp:80",
                "Removing alive servers from the pool for VS [192.168.80.130]:tcp:80",
            ],
            _log);
        _log.Clear();
        Pool.Apply(Third, alive: true, _log);
        Assert.Equal([(Third, 1), (Second, 1)], Members);
        Assert.False(Pool.IsOnSorryServer);
        Assert.Equal(
            [
                "Adding service [192.168.80.135]:tcp:80 to VS [192.168.80.130]:tcp:80",
                "Gained quorum 2+0=2 <= 2 for VS [192.168.80.130]:tcp:80",
                "Removing sorry server [192.168.80.139]:tcp:80 from VS [192.168.80.130]:tcp:80",
                "Adding alive servers to the pool for VS [192.168.80.130]:tcp:80",
            ],
            _log);
    }

    [Fact]
    public void While_the_sorry_server_serves_the_others_come_and_go_unseen()
    {
        Configure(Of(Server(First), Server(Second), Server(Third)) with { Quorum = 3, SorryServer = Server(Sorry) });
        Pool.Apply(First, alive: false, _log);
        Pool.Apply(Second, alive: false, _log);
        Pool.Apply(First, alive: true, _log);
        Assert.Equal([(Sorry, 1)], Members);
        Assert.True(Pool.IsAlive(First));
        Assert.False(Pool.IsAlive(Second));
    }

    [Fact]
    public void What_is_inhibited_stays_in_its_place_with_weight_zero()
    {
        Configure(Of(Server(First, inhibit: true), Server(Second), Server(Third, inhibit: true)) with
        {
            Quorum = 3, SorryServer = Server(Sorry, inhibit: true),
        });
        Assert.Equal([(Sorry, 0), (Third, 1), (Second, 1), (First, 1)], Members);
        _log.Clear();
        Pool.Apply(First, alive: false, _log);
        Assert.Equal([(Sorry, 1), (Third, 0), (First, 0)], Members);
        Pool.Apply(First, alive: true, _log);
        Assert.Equal([(Second, 1), (Sorry, 0), (Third, 1), (First, 1)], Members);
        Assert.Equal(
            [
                "Disabling service [192.168.80.133]:tcp:80 of VS [192.168.80.130]:tcp:80",
                "Lost quorum 3-0=3 > 2 for VS [192.168.80.130]:tcp:80",
                "Enabling sorry server [192.168.80.139]:tcp:80 to VS [192.168.80.130]:tcp:80",
                "Removing alive servers from the pool for VS [192.168.80.130]:tcp:80",
                "Enabling service [192.168.80.133]:tcp:80 of VS [192.168.80.130]:tcp:80",
                "Gained quorum 3+0=3 <= 3 for VS [192.168.80.130]:tcp:80",
                "Disabling sorry server [192.168.80.139]:tcp:80 from VS [192.168.80.130]:tcp:80",
                "Adding alive servers to the pool for VS [192.168.80.130]:tcp:80",
            ],
            _log);
    }

    [Fact]
    public void A_service_that_starts_without_quorum_starts_on_its_sorry_server()
    {
        Configure(Of(Server(First, alpha: true), Server(Second, inhibit: true, alpha: true)) with { SorryServer = Server(Sorry) });
        Assert.Equal([(Sorry, 1), (Second, 0)], Members);
        Assert.Equal("Starting with quorum down 1+0=1 > 0 for VS [192.168.80.130]:tcp:80", _log[0]);
        Pool.Apply(First, alive: true, _log);
        Assert.Equal([(First, 1), (Second, 0)], Members);
    }

    [Fact]
    public void A_sorry_server_may_come_and_go_and_change_while_there_is_no_quorum()
    {
        var other = Server(new(IpAddress128.Parse("192.168.80.140"), 80));
        var service = Of(Server(First), Server(Second)) with { Quorum = 2 };
        Configure(service);
        Pool.Apply(First, alive: false, _log);
        Assert.Equal([(Second, 1)], Members);
        Configure(service with { SorryServer = Server(Sorry) });
        Assert.Equal([(Sorry, 1)], Members);
        _log.Clear();
        Configure(service with { SorryServer = other });
        Assert.Equal([(other.Endpoint, 1)], Members);
        Assert.Equal("Removing sorry server [192.168.80.139]:tcp:80 from VS [192.168.80.130]:tcp:80", _log[0]);
        Assert.Equal("Adding sorry server [192.168.80.140]:tcp:80 to VS [192.168.80.130]:tcp:80", _log[2]);
        Configure(service);
        Assert.Equal([(Second, 1)], Members);
        Assert.False(Pool.IsOnSorryServer);
    }

    [Fact]
    public void A_quorum_that_a_new_configuration_lowers_is_gained_by_it()
    {
        var service = Of(Server(First), Server(Second)) with { Quorum = 2, SorryServer = Server(Sorry) };
        Configure(service);
        Pool.Apply(First, alive: false, _log);
        Configure(service with { Quorum = 1 });
        Assert.Equal([(Second, 1)], Members);
        Configure(service with { Quorum = 2 });
        Assert.Equal([(Sorry, 1)], Members);
    }

    [Fact]
    public void A_real_server_may_be_the_sorry_server_too()
    {
        Configure(Of(Server(First, weight: 5), Server(Second, weight: 5)) with { Quorum = 10, SorryServer = Server(First) });
        Assert.Equal([(Second, 5), (First, 5)], Members);
        Pool.Apply(First, alive: false, _log);
        Assert.Equal([(First, 1)], Members);
        Pool.Apply(First, alive: true, _log);
        Assert.Equal([(Second, 5), (First, 5)], Members);
    }

    [Fact]
    public void A_failed_server_leaves_when_it_is_no_longer_inhibited_and_joins_when_it_is()
    {
        Configure(Server(First), Server(Second, inhibit: true));
        Pool.Apply(Second, alive: false, _log);
        Configure(Server(First), Server(Second));
        Assert.Equal([(First, 1)], Members);
        Configure(Server(First), Server(Second, inhibit: true));
        Assert.Equal([(Second, 0), (First, 1)], Members);
    }

    [Fact]
    public void A_repeated_or_foreign_result_changes_nothing()
    {
        Configure(Server(First));
        _log.Clear();
        Pool.Apply(First, alive: true, _log);
        Pool.Apply(Second, alive: false, _log);
        Assert.Empty(_log);
        Assert.Equal([(First, 1)], Members);
    }

    [Fact]
    public void A_weight_that_a_check_asks_for_is_in_force_at_once_and_counts_for_the_quorum()
    {
        Configure(Of(Server(First, weight: 5), Server(Second, weight: 5)) with { Quorum = 8, SorryServer = Server(Sorry) });
        _log.Clear();
        Pool.Apply(First, new WeightShift(1, 3), _log);
        Assert.Equal([(Second, 5), (First, 3)], Members);
        Assert.Equal(["Changing weight from 5 to 3 for [192.168.80.133]:tcp:80 of VS [192.168.80.130]:tcp:80"], _log);
        // Weight 0 keeps it alive but not for the quorum.
        Pool.Apply(First, new WeightShift(1, 0), _log);
        Assert.True(Pool.IsAlive(First));
        Assert.False(Pool.HasQuorum);
        Assert.Equal([(Sorry, 1)], Members);
        Pool.Apply(First, default, _log);
        Assert.Equal([(Second, 5), (First, 5)], Members);
        // It outlives a reload and goes with the server.
        Pool.Apply(First, new WeightShift(0, 2), _log);
        Configure(Server(First, weight: 10), Server(Second));
        Assert.Contains((First, 12), Members);
        Configure(Server(Second));
        Configure(Server(First, weight: 10), Server(Second));
        Assert.Contains((First, 10), Members);
    }

    [Fact]
    public void A_drained_server_stays_in_the_pool_with_weight_0()
    {
        Configure(Server(First), Server(Second));
        Pool.Apply(First, new WeightShift(1, 0), _log);
        Assert.Equal([(Second, 1), (First, 0)], Members);
        Assert.True(Pool.HasQuorum);
        Pool.Apply(Second, new WeightShift(0, -1), _log);
        Assert.False(Pool.HasQuorum);
        Assert.Equal([(Second, 0), (First, 0)], Members);
    }

    [Fact]
    public void With_fail_open_all_serve_while_none_is_up()
    {
        Configure(Of(Server(First, weight: 3), Server(Second, inhibit: true)) with { FailsOpen = true });
        Pool.Apply(First, alive: false, _log);
        Assert.Equal([(Second, 1)], Members);
        Assert.False(Pool.IsFailingOpen);
        Pool.Apply(Second, alive: false, _log);
        Assert.Equal([(First, 3), (Second, 1)], Members);
        Assert.Equal((true, false), (Pool.IsFailingOpen, Pool.HasQuorum));
        Pool.Apply(Second, alive: true, _log);
        Assert.Equal([(Second, 1)], Members);
        Assert.Equal((false, true), (Pool.IsFailingOpen, Pool.HasQuorum));
        Assert.Equal("A real server of VS [192.168.80.130]:tcp:80 is up again: only those that are up serve", _log[^1]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4.9, 49)]
    [InlineData(5, 50)]
    [InlineData(9.99, 99)]
    [InlineData(10, 100)]
    [InlineData(60, 100)]
    public void With_slow_start_the_weight_of_a_recovered_server_rises_over_that_time(double seconds, int expected)
    {
        var then = MonoTime.Zero + TimeSpan.FromSeconds(100);
        Configure(Of(Server(First, weight: 100), Server(Second, weight: 100)) with { SlowStart = TimeSpan.FromSeconds(10), Quorum = 150 });
        Assert.False(Pool.IsRising);
        Pool.Apply(First, alive: false, _log, then);
        Pool.Apply(First, alive: true, _log, then);
        Assert.Equal([(First, 1), (Second, 100)], Members);
        // The quorum counts what it will be.
        Assert.True(Pool.HasQuorum);
        Assert.Equal(expected > 1, Pool.Rise(then + TimeSpan.FromSeconds(seconds)));
        Assert.Equal([(First, expected), (Second, 100)], Members);
        Assert.Equal(seconds < 10, Pool.IsRising);
    }

    [Fact]
    public void A_server_that_falls_while_its_weight_rises_begins_anew()
    {
        Configure(Of(Server(First, weight: 100)) with { SlowStart = TimeSpan.FromSeconds(10) });
        Pool.Apply(First, alive: false, _log, At(0));
        Pool.Apply(First, alive: true, _log, At(1));
        Pool.Rise(At(6));
        Assert.Equal([(First, 50)], Members);
        Pool.Apply(First, alive: false, _log, At(7));
        Assert.False(Pool.Rise(At(8)));
        Pool.Apply(First, alive: true, _log, At(9));
        Assert.Equal([(First, 1)], Members);

        static MonoTime At(int second) => MonoTime.Zero + TimeSpan.FromSeconds(second);
    }

    private static RealServerConfig Server(Endpoint endpoint, int weight = 1, bool inhibit = false, bool alpha = false) =>
        new(endpoint, weight, inhibit, alpha ? [Alpha] : [], Here);

    private static VirtualServerConfig Of(params RealServerConfig[] servers) => new(Service, "wlc", null, 32, servers, Here);

    private void Configure(params RealServerConfig[] servers) => Configure(Of(servers));

    private void Configure(VirtualServerConfig service)
    {
        if (_started is null) _started = new(service, _log);
        else _started.Configure(service, _log);
    }
}
