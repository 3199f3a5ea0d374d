using Director.Datapath;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath.Stats;

/// <summary>Whose traffic a tick takes in: servers, services and the whole, while servers come and go.</summary>
public sealed class TrafficEstimatorTests : IDisposable
{
    private readonly Engine _engine = new Engine().With(Engine.Weighted("rr", 1, 1));
    private readonly TrafficEstimator _estimator = new();

    private VirtualService Service => _engine.Table.Services[0];

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Nothing_is_shown_before_a_tick_and_all_of_it_after()
    {
        Connect(1000, 1001, 1002);
        Assert.Equal((default, default), (TrafficEstimator.Of(Service), _estimator.Whole));

        _estimator.Tick(_engine.Table);

        // rr: the newest server first. 40 bytes each.
        Assert.Equal(new(2, 2, 80), TrafficEstimator.Of(_engine.State(2)).Traffic);
        Assert.Equal(new(1, 1, 40), TrafficEstimator.Of(_engine.State(1)).Traffic);
        Assert.Equal(new(3, 3, 120), TrafficEstimator.Of(Service).Traffic);
        Assert.Equal(new(new(3, 3, 120), new(0, 0, 15, 0, 0)), _estimator.Whole);
    }

    [Fact]
    public void A_server_that_leaves_takes_nothing_from_its_service_and_finds_its_own_again()
    {
        Connect(1000, 1001);
        _estimator.Tick(_engine.Table);

        _engine.With(Engine.Weighted("rr", 1));
        Connect(1002);
        _estimator.Tick(_engine.Table);
        Assert.Equal((3, 3), (TrafficEstimator.Of(Service).Traffic.Connections, _estimator.Whole.Traffic.Connections));

        _engine.With(Engine.Weighted("rr", 1, 1));
        _estimator.Tick(_engine.Table);
        Assert.Equal(1, TrafficEstimator.Of(_engine.State(2)).Traffic.Connections);
        Assert.Equal(3, TrafficEstimator.Of(Service).Traffic.Connections);
    }

    [Fact]
    public void What_was_sent_to_a_server_that_is_forgotten_stays_with_its_service()
    {
        Connect(1000, 1001);
        _estimator.Tick(_engine.Table);
        _engine.With(Engine.Weighted("rr", 1)).Pass(70);
        _engine.Pass(ForwardingTable.TrashPeriod.TotalSeconds);
        _engine.With(Engine.Weighted("rr", 1));
        Assert.Single(_engine.Table.Servers);

        _estimator.Tick(_engine.Table);

        Assert.Equal((2, 2), (TrafficEstimator.Of(Service).Traffic.Connections, _estimator.Whole.Traffic.Connections));
    }

    [Fact]
    public void A_service_that_is_made_anew_starts_from_nothing_with_its_servers_but_the_whole_goes_on()
    {
        Connect(1000, 1001);
        _estimator.Tick(_engine.Table);
        _engine.With().With(Engine.Weighted("rr", 1, 1));

        _estimator.Tick(_engine.Table);
        Assert.Equal((default, default), (TrafficEstimator.Of(Service).Traffic, TrafficEstimator.Of(_engine.State(1)).Traffic));

        Connect(1002);
        _estimator.Tick(_engine.Table);
        Assert.Equal(new(1, 1, 40), TrafficEstimator.Of(Service).Traffic);
        Assert.Equal(new(3, 3, 120), _estimator.Whole.Traffic);
    }

    [Fact]
    public void Zero_is_for_one_service_with_its_servers_or_for_all_and_the_whole()
    {
        var other = new VirtualServiceSpec(Engine.Key(Director.Net.IpProtocol.Tcp, 81), "rr", null, 32, []);
        _engine.With(Engine.Weighted("rr", 1, 1), other);
        Connect(1000, 1001);
        _estimator.Tick(_engine.Table);

        Assert.False(_estimator.Zero(_engine.Table, Engine.Key(Director.Net.IpProtocol.Udp, 80)));
        Assert.True(_estimator.Zero(_engine.Table, other.Key));
        Assert.Equal((2, 1), (TrafficEstimator.Of(Service).Traffic.Connections, TrafficEstimator.Of(_engine.State(1)).Traffic.Connections));

        Assert.True(_estimator.Zero(_engine.Table, Engine.HttpKey));
        Assert.Equal((default, default), (TrafficEstimator.Of(Service), TrafficEstimator.Of(_engine.State(1))));
        Assert.Equal(2, _estimator.Whole.Traffic.Connections);

        Assert.True(_estimator.Zero(_engine.Table, null));
        Assert.Equal(default, _estimator.Whole);
    }

    private void Connect(params ushort[] ports)
    {
        foreach (var port in ports) _engine.Send(Tcp(Engine.Client, port, Engine.Vip, Engine.Port, TcpFlags.Syn));
    }
}
