using Director.Config;
using Director.Control;
using Director.Net;

namespace Director.Tests.Control;

public sealed class ServicePoolTests
{
    private static readonly ServiceKey Service = new(IpProtocol.Tcp, new(IpAddress128.Parse("192.168.80.130"), 80));
    private static readonly Endpoint First = new(IpAddress128.Parse("192.168.80.133"), 80);
    private static readonly Endpoint Second = new(IpAddress128.Parse("192.168.80.134"), 80);

    private static readonly SourceLocation Here = new("lb.conf", 1);
    private static readonly TcpCheckConfig Alpha = new(
        First, null, TimeSpan.FromSeconds(1), 0, TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.Zero, true, Here);

    private readonly List<string> _log = [];
    private readonly ServicePool _pool = new(Service);

    private IEnumerable<(Endpoint Endpoint, int Weight)> Members => _pool.Members.Select(member => (member.Endpoint, member.Weight));

    [Fact]
    public void The_server_added_last_stands_first()
    {
        Configure(Server(First), Server(Second, weight: 3));
        Assert.Equal([(Second, 3), (First, 1)], Members);
        Assert.True(_pool.HasQuorum);
        Assert.Equal(["Gained quorum 1+0=1 <= 4 for VS [192.168.80.130]:tcp:80"], _log);
    }

    [Fact]
    public void A_failing_server_leaves_and_returns_to_the_head()
    {
        Configure(Server(First), Server(Second));
        _log.Clear();
        _pool.Apply(Second, alive: false, _log);
        Assert.Equal([(First, 1)], Members);
        _pool.Apply(Second, alive: true, _log);
        _pool.Apply(First, alive: false, _log);
        _pool.Apply(First, alive: true, _log);
        Assert.Equal([(First, 1), (Second, 1)], Members);
        Assert.Equal("Removing service [192.168.80.134]:tcp:80 from VS [192.168.80.130]:tcp:80", _log[0]);
        Assert.Equal("Adding service [192.168.80.134]:tcp:80 to VS [192.168.80.130]:tcp:80", _log[1]);
    }

    [Fact]
    public void An_inhibited_server_stays_with_weight_zero()
    {
        Configure(Server(First), Server(Second, inhibit: true));
        _pool.Apply(Second, alive: false, _log);
        Assert.Equal([(Second, 0), (First, 1)], Members);
        Assert.False(_pool.IsAlive(Second));
        _pool.Apply(Second, alive: true, _log);
        Assert.Equal([(Second, 1), (First, 1)], Members);
    }

    [Fact]
    public void An_alpha_server_is_added_when_its_checks_pass()
    {
        Configure(Server(First), Server(Second, alpha: true));
        Assert.Equal([(First, 1)], Members);
        _pool.Apply(Second, alive: true, _log);
        Assert.Equal([(Second, 1), (First, 1)], Members);
    }

    [Fact]
    public void Quorum_is_lost_with_the_last_server_and_gained_with_the_first()
    {
        Configure(Server(First), Server(Second));
        _pool.Apply(First, alive: false, _log);
        Assert.True(_pool.HasQuorum);
        _log.Clear();
        _pool.Apply(Second, alive: false, _log);
        Assert.False(_pool.HasQuorum);
        Assert.Empty(_pool.Members);
        Assert.Equal("Lost quorum 1-0=1 > 0 for VS [192.168.80.130]:tcp:80", _log[^1]);
        _pool.Apply(First, alive: true, _log);
        Assert.True(_pool.HasQuorum);
    }

    [Fact]
    public void A_new_configuration_keeps_health_and_place_of_what_stays()
    {
        var third = new Endpoint(IpAddress128.Parse("192.168.80.135"), 80);
        Configure(Server(First), Server(Second));
        _pool.Apply(First, alive: false, _log);
        Configure(Server(First), Server(Second, weight: 5), Server(third));
        Assert.Equal([(third, 1), (Second, 5)], Members);
        Assert.False(_pool.IsAlive(First));
        Configure(Server(third));
        Assert.Equal([(third, 1)], Members);
        Configure(Server(third), Server(First));
        Assert.True(_pool.IsAlive(First));
    }

    [Fact]
    public void A_repeated_or_foreign_result_changes_nothing()
    {
        Configure(Server(First));
        _log.Clear();
        _pool.Apply(First, alive: true, _log);
        _pool.Apply(Second, alive: false, _log);
        Assert.Empty(_log);
        Assert.Equal([(First, 1)], Members);
    }

    private static RealServerConfig Server(Endpoint endpoint, int weight = 1, bool inhibit = false, bool alpha = false) =>
        new(endpoint, weight, inhibit, alpha ? [Alpha] : [], Here);

    private void Configure(params RealServerConfig[] servers) => _pool.Configure(servers, quorum: 1, hysteresis: 0, _log);
}
