using Director.Datapath;
using Director.Datapath.Ports;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Which service a port belongs to: the services of every port, and of FTP, whose data come by other ports.</summary>
public sealed class PortRulesTests
{
    private static readonly TimeSpan Fifty = TimeSpan.FromSeconds(50);

    [Theory]
    [InlineData(21, 1)]
    [InlineData(20, 1)]
    [InlineData(1024, 1)]
    [InlineData(65535, 1)]
    [InlineData(8080, 2)]   // its own
    [InlineData(1023, 0)]
    [InlineData(80, 0)]
    public void A_service_of_ftp_takes_the_ports_of_its_data_that_no_other_has(ushort port, int expected)
    {
        using var engine = new Engine().With(Of(21, Fifty, 1), Of(8080, null, 2));
        var sent = engine.Send(TcpFlags.Syn, 1000, port: port);
        Assert.Equal(expected, sent.Verdict == Verdict.Forward ? sent.Egress : 0);
        if (expected == 0) Assert.Equal(Verdict.ToHost, sent.Verdict);
    }

    [Fact]
    public void Ftp_goes_before_the_service_of_every_port()
    {
        using var engine = new Engine().With(Of(21, Fifty, 1), Of(0, Fifty, 2));
        Assert.Equal(1, engine.Send(TcpFlags.Syn, 1000, port: 5000).Egress);
        Assert.Equal(2, engine.Send(TcpFlags.Syn, 1000, "10.0.0.3", port: 80).Egress);
    }

    [Fact]
    public void Control_and_data_of_a_client_share_a_template_and_so_a_server()
    {
        using var engine = new Engine().With(Of(21, Fifty, 1, 2, 3));
        Assert.Equal(3, engine.Send(TcpFlags.Syn, 1000, port: 21).Egress);
        Assert.Equal(3, engine.Send(TcpFlags.Syn, 1001, port: 40000).Egress);
        Assert.Equal(2, engine.Send(TcpFlags.Syn, 1000, "10.0.0.3", 21).Egress);
        Assert.Equal(2, engine.Persistence.Count);
    }

    [Fact]
    public void Without_persistence_the_data_of_ftp_are_the_hosts()
    {
        using var engine = new Engine().With(Of(21, null, 1));
        Assert.Equal(Verdict.Forward, engine.Send(TcpFlags.Syn, 1000, port: 21).Verdict);
        Assert.Equal(Verdict.ToHost, engine.Send(TcpFlags.Syn, 1001, port: 40000).Verdict);
    }

    [Fact]
    public void Without_persistence_a_service_of_every_port_has_no_destination_for_any()
    {
        using var engine = new Engine().With(Of(0, null, 1));
        Assert.Equal(Verdict.Reply, engine.Send(TcpFlags.Syn, 1000, port: 80).Verdict);
        Assert.Equal(0, engine.Connections.Count);
    }

    [Fact]
    public void All_ports_of_a_service_of_every_port_share_a_clients_template()
    {
        using var engine = new Engine().With(Of(0, Fifty, 1, 2, 3));
        Assert.Equal(3, engine.Send(TcpFlags.Syn, 1000, port: 80).Egress);
        Assert.Equal(3, engine.Send(TcpFlags.Syn, 1000, port: 443).Egress);
        Assert.Equal((2, 1), (engine.Connections.Count, engine.Persistence.Count));
    }

    [Fact]
    public void Nothing_starts_from_the_port_of_ftps_data()
    {
        using var engine = new Engine().With(Of(0, Fifty, 1));
        Assert.Equal(Verdict.ToHost, engine.Send(TcpFlags.Syn, 20, port: 80).Verdict);
    }

    private static VirtualServiceSpec Of(ushort port, TimeSpan? persistence, params int[] oldestFirst) => new(
        Engine.Key(IpProtocol.Tcp, port), "wlc", persistence, 32, [.. oldestFirst.Reverse().Select(number => Engine.Server(number))]);
}
