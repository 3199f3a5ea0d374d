using Director.Checks;
using Director.Config;
using Director.Control;
using Director.Net;
using Director.Notifications;

namespace Director.Tests.Notifications;

/// <summary>Who is told what of real servers and quorums, and when.</summary>
public sealed class ServiceNotificationsTests
{
    private static readonly ServiceKey Service = new(IpProtocol.Tcp, new(IpAddress128.Parse("10.0.0.9"), 80));
    private static readonly Endpoint First = new(IpAddress128.Parse("10.0.0.1"), 80);
    private static readonly Endpoint Second = new(IpAddress128.Parse("10.0.0.2"), 80);
    private static readonly SourceLocation Here = new("lb.conf", 1);
    private static readonly UpDownNotifyConfig Mails = new() { SendsMail = true };
    private static readonly TcpCheckConfig Alpha = new(
        new(First, TimeSpan.FromSeconds(1)), new(0, TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.Zero, Alpha: true), Here);

    private readonly ServiceNotifications _state = new();
    private readonly Dictionary<ServiceKey, ServicePool> _pools = [];

    [Fact]
    public void At_the_start_quorums_are_told_and_servers_that_count_as_up_are_not()
    {
        Assert.Equal(["VS [10.0.0.9]:tcp:80 UP", "mail [R] Virtualserver [10.0.0.9]:tcp:80 - UP: => Starting with quorum up 1+0=1 <= 2 <="],
            Configure(Of(Server(First), Server(Second))));
        Assert.Empty(Configure(Of(Server(First), Server(Second))));
    }

    [Fact]
    public void With_rs_init_notifies_they_are_told_too() => Assert.Equal(
        ["RS [10.0.0.1]:tcp:80 [10.0.0.9]:tcp:80 UP", "VS [10.0.0.9]:tcp:80 UP"],
        Configure(Of(Server(First)) with { Notify = UpDownNotifyConfig.None }, new(null) { TellsFirstServers = true }));

    [Fact]
    public void A_server_that_fails_and_returns_is_told_with_the_quorum_that_goes_and_comes_with_it()
    {
        Configure(Of(Server(First)));
        Assert.Equal(
            ["mail [R] Realserver [10.0.0.1]:tcp:80 of virtual server [10.0.0.9]:tcp:80 - DOWN: => TCP CHECK failed on service <="],
            Conclude(First, false, first: false, decides: true));
        Assert.Equal(
            [
                "RS [10.0.0.1]:tcp:80 [10.0.0.9]:tcp:80 DOWN", "VS [10.0.0.9]:tcp:80 DOWN",
                "mail [R] Virtualserver [10.0.0.9]:tcp:80 - DOWN: => Lost quorum 1-0=1 > 0 <=",
            ], Turn(First, false));
        Assert.Equal(
            [
                "RS [10.0.0.1]:tcp:80 [10.0.0.9]:tcp:80 UP", "VS [10.0.0.9]:tcp:80 UP",
                "mail [R] Virtualserver [10.0.0.9]:tcp:80 - UP: => Gained quorum 1+0=1 <= 1 <=",
            ], Turn(First, true));
        Assert.Empty(Turn(First, true));
    }

    [Theory]
    // The first conclusion that changes nothing is nobody's news; later ones are mailed, unless no_checker_emails.
    [InlineData(true, true, false, false, 0)]
    [InlineData(false, true, false, false, 0)]
    [InlineData(false, false, false, false, 1)]
    [InlineData(true, false, false, false, 1)]
    [InlineData(false, false, false, true, 0)]
    [InlineData(false, false, true, true, 1)]
    [InlineData(true, true, true, false, 1)]
    public void Mail_tells_of_each_check_or_only_of_those_that_decide(bool passed, bool first, bool decides, bool silent, int mails)
    {
        Configure(Of(Server(First), Server(Second)), new("R") { IsSilentAboutChecks = silent });
        Assert.Equal(mails, Conclude(First, passed, first, decides).Count(line => line.StartsWith("mail", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_server_that_waits_for_its_first_checks_is_told_of_once_whichever_way_they_go()
    {
        Assert.Equal("VS [10.0.0.9]:tcp:80 DOWN", Configure(Of(Server(First, Alpha)))[0]);
        Assert.Equal(["RS [10.0.0.1]:tcp:80 [10.0.0.9]:tcp:80 DOWN"], Conclude(First, false, first: true, decides: false));
        Assert.Empty(Conclude(First, false, first: true, decides: false));
        Assert.Equal("RS [10.0.0.1]:tcp:80 [10.0.0.9]:tcp:80 UP", Turn(First, true)[0]);
        Configure(Of(Server(First, Alpha), Server(Second, Alpha)));
        Assert.Equal(["RS [10.0.0.2]:tcp:80 [10.0.0.9]:tcp:80 UP"], Turn(Second, true));
    }

    [Fact]
    public void What_a_reload_removes_is_down_if_it_was_up()
    {
        Configure(Of(Server(First), Server(Second)));
        Turn(Second, false);
        Assert.Equal(
            [
                "RS [10.0.0.1]:tcp:80 [10.0.0.9]:tcp:80 DOWN",
                "mail [R] Realserver [10.0.0.1]:tcp:80 of virtual server [10.0.0.9]:tcp:80 - DOWN: => Removing <=",
                "VS [10.0.0.9]:tcp:80 DOWN", "mail [R] Virtualserver [10.0.0.9]:tcp:80 - DOWN: => Lost quorum 1-0=1 > 0 <=",
            ], Configure(Of(Server(Second))));
        Assert.Empty(Told(_state.Configure(new(new("R"), [], []), key => _pools[key])));
    }

    [Fact]
    public void A_service_that_a_reload_removes_goes_with_its_servers()
    {
        Configure(Of(Server(First)));
        Assert.Equal(
            ["RS [10.0.0.1]:tcp:80 [10.0.0.9]:tcp:80 DOWN", "VS [10.0.0.9]:tcp:80 DOWN"],
            Told(_state.Configure(new(new("R"), [], []), key => _pools[key]))
                .Where(line => !line.StartsWith("mail", StringComparison.Ordinal)));
    }

    [Fact]
    public void At_the_end_only_omega_tells()
    {
        Configure(Of(Server(First), Server(Second)));
        Assert.Empty(_state.Stop());
        Configure(Of(Server(First), Server(Second)) with { TellsOfStop = true });
        Turn(First, false);
        Assert.Equal(
            [
                "RS [10.0.0.2]:tcp:80 [10.0.0.9]:tcp:80 DOWN",
                "mail [R] Realserver [10.0.0.2]:tcp:80 of virtual server [10.0.0.9]:tcp:80 - DOWN: => Shutting down <=",
                "VS [10.0.0.9]:tcp:80 DOWN", "mail [R] Virtualserver [10.0.0.9]:tcp:80 - DOWN: => Shutting down <=",
            ], Told(_state.Stop()));
    }

    [Fact]
    public void A_weight_that_costs_the_quorum_is_told()
    {
        Configure(Of(Server(First)) with { Notify = UpDownNotifyConfig.None });
        _pools[Service].Apply(First, new WeightShift(1, 0), []);
        Assert.Equal(["VS [10.0.0.9]:tcp:80 DOWN"], Told(_state.LookAtQuorum(Service, _pools[Service])));
    }

    [Fact]
    public void A_group_is_told_of_by_its_name() => Assert.Equal("VS [web]:0 UP",
        Configure(Of(Server(First)) with { Group = "web" })[0]);

    private static RealServerConfig Server(Endpoint endpoint, params CheckConfig[] checks) =>
        new(endpoint, 1, false, checks, Here) { Notify = Mails };

    private static VirtualServerConfig Of(params RealServerConfig[] servers) =>
        new(Service, "wlc", null, 32, servers, Here) { Notify = Mails };

    private static List<string> Told(IEnumerable<ServiceNotification> notifications)
    {
        List<string> lines = [];
        foreach (var notification in notifications)
        {
            if (notification.IsState) lines.Add(notification.FifoLine.TrimEnd('\n'));
            if (notification.Letter("R") is { } letter) lines.Add($"mail {letter.Subject}: {letter.Body.Trim()}");
        }

        return lines;
    }

    private List<string> Configure(VirtualServerConfig service, GlobalConfig? globals = null)
    {
        if (_pools.TryGetValue(Service, out var pool)) pool.Configure(service, []);
        else _pools.Add(Service, new(service, []));
        return Told(_state.Configure(new(globals ?? new("R"), [], [service]), key => _pools[key]));
    }

    private List<string> Turn(Endpoint server, bool isUp)
    {
        _pools[Service].Apply(server, isUp, []);
        return Told(_state.Apply(new RealServerKey(Service, server), _pools[Service]));
    }

    private List<string> Conclude(Endpoint server, bool passed, bool first, bool decides) => Told(_state.Apply(
        new CheckConcluded(new(Service, server), passed, "", null)
        {
            IsFirst = first, Decides = decides, Mail = $"TCP CHECK {(passed ? "succeed" : "failed")} on service",
        }));
}
