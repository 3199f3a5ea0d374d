using Director.Admin;
using Director.Datapath.Tracking;
using Director.Ipvsadm;

namespace Director.Tests.Ipvsadm;

/// <summary>What ipvsadm 1.31 printed on Linux 6.1, blanks at the ends of lines included.</summary>
public sealed class IpvsadmTextTests
{
    private static readonly ServiceStatus Http = Service("TCP", "10.0.0.100:80", "wlc", servers: [Server("10.0.0.11:80") with
    {
        ActiveConnections = 1, Estimate = new(new(1, 1, 40), new(0, 0, 5, 0, 0)),
    }]) with { Estimate = new(new(5, 7, 280), new(1, 1, 35, 0, 0)) };

    [Fact]
    public void A_list_has_the_banner_the_service_and_its_server() => Assert.Equal(
        "IP Virtual Server version 1.2.1 (size=4096)\n" +
        "Prot LocalAddress:Port Scheduler Flags\n" +
        "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n" +
        "TCP  10.0.0.100:80 wlc\n" +
        "  -> 10.0.0.11:80                 Route   1      1          0         \n",
        List(new() { Action = IpvsadmAction.Services }, Http));

    [Fact]
    public void Stats_stand_in_five_columns_of_nine() => Assert.Equal(
        "IP Virtual Server version 1.2.1 (size=4096)\n" +
        "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n" +
        "  -> RemoteAddress:Port\n" +
        "TCP  10.0.0.100:80                       5        7        0      280        0\n" +
        "  -> 10.0.0.11:80                        1        1        0       40        0\n",
        List(new() { Action = IpvsadmAction.Services, Columns = IpvsadmColumns.Stats }, Http));

    [Fact]
    public void Rates_stand_in_five_columns_of_nine() => Assert.Equal(
        "IP Virtual Server version 1.2.1 (size=4096)\n" +
        "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS\n" +
        "  -> RemoteAddress:Port\n" +
        "TCP  10.0.0.100:80                       1        1        0       35        0\n" +
        "  -> 10.0.0.11:80                        0        0        0        5        0\n",
        List(new() { Action = IpvsadmAction.Services, Columns = IpvsadmColumns.Rate }, Http));

    [Fact]
    public void Thresholds_keep_the_service_line() => Assert.Equal(
        "IP Virtual Server version 1.2.1 (size=4096)\n" +
        "Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \n" +
        "  -> RemoteAddress:Port\n" +
        "TCP  10.0.0.100:80 wlc\n" +
        "  -> 10.0.0.11:80                 0          0          1          0         \n",
        List(new() { Action = IpvsadmAction.Services, Columns = IpvsadmColumns.Thresholds }, Http));

    [Fact]
    public void Persistent_connections_and_one_service_come_without_a_banner()
    {
        var service = Service("TCP", "10.0.0.100:110", "rr", 300, 24, Server("10.0.0.13:110") with
        {
            ActiveConnections = 2, PersistentConnections = 1,
        });
        Assert.Equal(
            "Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \n" +
            "  -> RemoteAddress:Port\n" +
            "TCP  10.0.0.100:110 rr persistent 300 mask 255.255.255.0\n" +
            "  -> 10.0.0.13:110                1         1           2          0         \n",
            List(Read("-Ln", "-t", "10.0.0.100:110", "--persistent-conn"), Http, service));
    }

    [Fact]
    public void Services_sort_by_family_protocol_address_and_port_and_servers_by_address_and_port_as_numbers()
    {
        ServiceStatus[] services =
        [
            Service("UDP", "10.0.0.9:53", "rr"),
            Service("TCP", "[fd00::100]:80", "wlc", 30, 64, Server("[fd00::11]:80"), Server("[fd00::2]:80")),
            Service("TCP", "10.0.0.100:443", "rr"),
            Service("TCP", "10.0.0.100:80", "wlc", servers: [Server("10.0.0.11:80"), Server("10.0.0.9:81"), Server("10.0.0.9:80")]),
            Service("TCP", "10.0.0.20:8080", "rr"),
        ];

        Assert.Equal(
            """
            TCP  10.0.0.20:8080 rr
            TCP  10.0.0.100:80 wlc
              -> 10.0.0.9:80                  Route   1      0          0         
              -> 10.0.0.9:81                  Route   1      0          0         
              -> 10.0.0.11:80                 Route   1      0          0         
            TCP  10.0.0.100:443 rr
            UDP  10.0.0.9:53 rr
            TCP  [fd00::100]:80 wlc persistent 30 mask 64
              -> [fd00::2]:80                 Route   1      0          0         
              -> [fd00::11]:80                Route   1      0          0         

            """,
            Body(List(Read("-Ln"), services)));
    }

    [Fact]
    public void Unsorted_the_newest_server_is_first_and_those_out_of_the_pool_are_not_there()
    {
        var service = Service("TCP", "10.0.0.100:80", "rr", servers:
        [
            Server("10.0.0.11:80") with { PoolPlace = 1 },
            Server("10.0.0.12:80") with { PoolPlace = null },
            Server("10.0.0.13:80") with { PoolPlace = 0, Weight = 0 },
        ]);

        Assert.Equal(
            """
            TCP  10.0.0.100:80 rr
              -> 10.0.0.13:80                 Route   0      0          0         
              -> 10.0.0.11:80                 Route   1      0          0         

            """,
            Body(List(Read("-Ln", "--nosort"), service)));
    }

    [Fact]
    public void Each_way_of_forwarding_has_its_name_and_its_option()
    {
        var service = Service("TCP", "10.0.0.100:80", "wlc", servers:
        [
            Server("10.0.0.11:80"),
            Server("10.0.0.12:8080") with { Forwarding = "NAT" },
            Server("10.0.0.13:80") with { Forwarding = "TUN" },
        ]);

        Assert.Equal(
            """
            TCP  10.0.0.100:80 wlc
              -> 10.0.0.11:80                 Route   1      0          0         
              -> 10.0.0.12:8080               Masq    1      0          0         
              -> 10.0.0.13:80                 Tunnel  1      0          0         

            """,
            Body(List(Read("-Ln"), service)));
        Assert.Equal(
            """
            -A -t 10.0.0.100:80 -s wlc
            -a -t 10.0.0.100:80 -r 10.0.0.11:80 -g -w 1
            -a -t 10.0.0.100:80 -r 10.0.0.12:8080 -m -w 1
            -a -t 10.0.0.100:80 -r 10.0.0.13:80 -i -w 1 --tun-type ipip

            """,
            IpvsadmText.Rules([service], Read("-Sn")));
    }

    [Fact]
    public void Flags_of_the_scheduler_and_one_packet_stand_around_the_persistence()
    {
        var service = Service("UDP", "10.0.0.100:109", "sh", 50) with { SchedulerFlags = ["sh-fallback", "sh-port"], OnePacket = true };

        Assert.Equal("UDP  10.0.0.100:109 sh (sh-fallback,sh-port) persistent 50 ops\n", Body(List(Read("-Ln"), service)));
        Assert.Equal("-A -u 10.0.0.100:109 -s sh -p 50 -o -b sh-fallback,sh-port\n", IpvsadmText.Rules([service], Read("-Sn")));
    }

    [Fact]
    public void Rules_are_the_commands_that_would_make_the_services()
    {
        ServiceStatus[] services =
        [
            Service("TCP", "[fd00::100]:80", "wlc", 30, 64),
            Service("UDP", "10.0.0.100:109", "rr") with { OnePacket = true },
            Service("TCP", "10.0.0.100:110", "rr", 5, 24, Server("10.0.0.11:110"), Server("10.0.0.9:110") with { Weight = 7 }),
        ];

        Assert.Equal(
            """
            -A -t 10.0.0.100:110 -s rr -p 5 -M 255.255.255.0
            -a -t 10.0.0.100:110 -r 10.0.0.9:110 -g -w 7
            -a -t 10.0.0.100:110 -r 10.0.0.11:110 -g -w 1
            -A -u 10.0.0.100:109 -s rr -o
            -A -t [fd00::100]:80 -s wlc -p 30 -M 64

            """,
            IpvsadmText.Rules(services, Read("-S", "-n")));
    }

    [Fact]
    public void Timeouts_are_the_three_of_set() => Assert.Equal(
        "Timeout (tcp tcpfin udp): 900 120 300\n", IpvsadmText.Timeouts(TimeoutStatus.Of(ConnectionTimeouts.Default)));

    [Theory]
    [InlineData(0, "        0")]
    [InlineData(99_999_999, " 99999999")]
    [InlineData(100_000_000, "  100000K")]
    [InlineData(999_999_999, "  999999K")]
    [InlineData(1_000_000_000, "    1000M")]
    [InlineData(99_999_999_999, "   99999M")]
    [InlineData(100_000_000_000, "     100G")]
    [InlineData(99_999_999_999_999, "   99999G")]
    [InlineData(100_000_000_000_000, "     100T")]
    [InlineData(long.MaxValue, " 9223372T")]
    public void A_number_keeps_its_nine_columns(long number, string expected) => Assert.Equal(expected, IpvsadmText.Number(number, false));

    [Theory]
    [InlineData(7, "        7")]
    [InlineData(12_345_678, " 12345678")]
    [InlineData(123_456_789, " 123456789")]
    [InlineData(12_345_678_901, " 12345678901")]
    public void Exact_numbers_keep_a_blank_before_them(long number, string expected) =>
        Assert.Equal(expected, IpvsadmText.Number(number, true));

    private static string List(IpvsadmRequest request, params ServiceStatus[] services) => IpvsadmText.List(services, request);

    private static string Body(string list) => string.Concat(list.Split('\n').Skip(3).Select(line => line.Length > 0 ? line + "\n" : ""));

    private static IpvsadmRequest Read(params string[] arguments)
    {
        Assert.True(IpvsadmArguments.TryRead(arguments, out var request, out var problem), problem);
        return request;
    }

    private static ServiceStatus Service(
        string protocol, string address, string scheduler, double? persistence = null, int? prefix = null, params ServerStatus[] servers)
    {
        Assert.True(ServiceName.TryParse($"{protocol.ToLowerInvariant()}:{address}", out var key));
        var bits = prefix ?? (key.Virtual.Address.IsV4 ? 32 : 128);
        return new(key.ToString(), protocol, address, scheduler, "DR", persistence, bits, true, default, default, servers);
    }

    private static ServerStatus Server(string address) => new(address, 1, true, 0, null, 0, 0, 0, default, default, null);
}
