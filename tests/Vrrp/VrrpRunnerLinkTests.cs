using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Vrrp;

/// <summary>Interfaces that come and go, and what fits into what they send.</summary>
public class VrrpRunnerLinkTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly LinkStatus Down = new(false, Some.Source);
    private static readonly LinkStatus Up = new(true, Some.Source);

    private readonly ManualClock _clock = new();
    private readonly List<string> _log = [];
    private readonly List<int> _sent = [];
    private readonly SimulatedLink _link;
    private readonly VrrpRunner _runner;

    public VrrpRunnerLinkTests()
    {
        _link = new SimulatedLink { Log = _log };
        _runner = new VrrpRunner(_link, _link, new RecordingObserver(_log), _clock);
    }

    private VrrpRouter Router => _runner.Routers.Single();

    [Fact]
    public void A_master_whose_interface_is_back_in_time_stays_master()
    {
        BecomeMaster(delay: 2);
        _link.Set(Down);
        _runner.Turn();
        Advance(1.9);
        _link.Set(Up);
        _runner.Turn();
        Advance(10);
        Assert.Equal(VrrpState.Master, Router.State);
        Assert.DoesNotContain(_log, line => line.StartsWith("VI_1", StringComparison.Ordinal));
    }

    [Fact]
    public void One_whose_interface_is_not_back_in_time_is_in_fault_and_backup_again_when_that_has_lasted()
    {
        BecomeMaster(delay: 2, up: 3);
        _link.Set(Down);
        _runner.Turn();
        Assert.True(_runner.NextDeadline <= _clock.Now + (2 * Second));
        Advance(1.99);
        Assert.Equal(VrrpState.Master, Router.State);
        Advance(0.01);
        Assert.Equal(VrrpState.Fault, Router.State);
        _link.Set(Up);
        _runner.Turn();
        Advance(2.99);
        Assert.Equal(VrrpState.Fault, Router.State);
        Advance(0.01);
        Assert.Equal(VrrpState.Backup, Router.State);
    }

    [Fact]
    public void A_backup_that_hears_nobody_because_its_interface_is_down_does_not_take_over()
    {
        Configure(Some.Instance(), delay: 60);
        _link.Set(Down);
        _runner.Turn();
        Advance(10);
        Assert.Equal(VrrpState.Fault, Router.State);
        Assert.DoesNotContain(_log, line => line.Contains("Master", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_interface_there_is_nothing_to_wait_for()
    {
        BecomeMaster(delay: 60);
        _link.Set(new(false, Some.Source, Mtu: 0));
        _runner.Turn();
        Assert.Equal(VrrpState.Fault, Router.State);
    }

    [Fact]
    public void When_the_delays_are_gone_what_is_so_is_believed()
    {
        BecomeMaster(delay: 60);
        _link.Set(Down);
        _runner.Turn();
        Assert.Equal(VrrpState.Master, Router.State);
        _runner.SetHost(HostSettings.None);
        Assert.Equal(VrrpState.Fault, Router.State);
    }

    [Fact]
    public void An_interface_for_a_virtual_MAC_address_goes_with_the_one_below_it()
    {
        BecomeMaster(delay: 2, Some.Instance() with { Vmac = new("vrrp.51", VmacSettings.StandardMac(51, isV4: true)) });
        _link.Set(Down);
        _link.Set(Down, "vrrp.51");
        _runner.Turn();
        Advance(1.9);
        Assert.Equal(VrrpState.Master, Router.State);
        Advance(0.2);
        Assert.Equal(VrrpState.Fault, Router.State);
    }

    [Fact]
    public void What_an_instance_needs_besides_its_own_must_be_up()
    {
        Configure(Some.Instance() with { NeededInterfaces = ["e7"] }, delay: 0);
        var needed = _link.Open("e7");
        _link.SetOne(needed, Down);
        _runner.Turn();
        Assert.Equal(VrrpState.Fault, Router.State);
        _link.SetOne(needed, Up);
        _runner.Turn();
        Assert.Equal(VrrpState.Backup, Router.State);
    }

    [Theory]
    // 20 bytes of IPv4 or 40 of IPv6, 8 of VRRP, in version 2 over IPv4 8 of authentication; and 14 that keepalived takes off for Ethernet.
    [InlineData(false, VrrpVersion.V2, 1500, 255)]
    [InlineData(false, VrrpVersion.V2, 576, 131)]
    [InlineData(false, VrrpVersion.V3, 576, 133)]
    [InlineData(false, VrrpVersion.V3, 68, 6)]
    [InlineData(true, VrrpVersion.V3, 1280, 76)]
    [InlineData(true, VrrpVersion.V3, 1500, 89)]
    [InlineData(true, VrrpVersion.V3, 4141, 254)]
    [InlineData(true, VrrpVersion.V3, 4142, 255)]
    [InlineData(true, VrrpVersion.V3, 9000, 255)]
    public void An_advert_has_room_for_as_many_addresses_as_the_MTU_leaves(bool isV6, VrrpVersion version, int mtu, int addresses)
    {
        var settings = (isV6 ? Some.OverIpv6() : Some.Instance()) with { Version = version };
        Assert.Equal(addresses, settings.AddressesWithin(mtu));
        Assert.True(settings.DatagramSize(addresses) <= mtu);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_said_once_and_expected_of_nobody_until_the_MTU_grows()
    {
        var settings = Some.Instance() with { Addresses = Some.Addresses(20) };
        _link.Set(new(true, Some.Source, Mtu: 68));
        BecomeMaster(delay: 0, settings);
        Assert.Contains(_log, line => line == "VI_1 failed AdvertiseAll 10.9.1.5");
        Assert.Equal(20, _link.Addresses.Count());
        _link.OnSend = datagram => _sent.Add(datagram[23]);
        Advance(1);
        _log.Clear();
        _link.Set(new(true, Some.Source, Mtu: 1500));
        _runner.Turn();
        Advance(1);
        _link.Set(new(true, Some.Source, Mtu: 100));
        _runner.Turn();
        Advance(1);
        Assert.Equal([4, 20, 12], _sent);
        Assert.Equal(["VI_1 failed AdvertiseAll 10.9.1.13"], _log.Where(line => line.Contains("failed", StringComparison.Ordinal)));
        // A peer with the same MTU lists the same ones.
        var heard = Router.Counters.AdvertisementsReceived;
        _link.Deliver(Some.Datagram(settings with { Addresses = Some.Addresses(12) }, Some.Lower, 100));
        _link.Deliver(Some.Datagram(settings, Some.Lower, 100));
        _runner.Turn();
        Assert.Equal(1, Router.Counters.AddressListsDiffering);
        Assert.Equal(heard + 2, Router.Counters.AdvertisementsReceived);
    }

    [Fact]
    public void An_instance_without_addresses_advertises_none_and_believes_none()
    {
        BecomeMaster(delay: 0, Some.Version3() with { Addresses = [], AllowsNoAddresses = true });
        _link.OnSend = datagram => _sent.Add(datagram[23]);
        Advance(0.1);
        Assert.Equal([0], _sent);
        _link.Deliver(Some.Datagram(Router.Settings, Some.Higher, 200));
        _runner.Turn();
        Assert.Equal(VrrpState.Backup, Router.State);
        _link.Deliver(Some.Datagram(Some.Version3(), Some.Higher, 200));
        _runner.Turn();
        Assert.Equal(1, Router.Counters.Rejected(AdvertisementRejection.AddressList));
    }

    [Theory]
    [InlineData(false, "10.9.0.1")]
    [InlineData(true, "fe80::ff:fe00:b")]
    public void One_without_addresses_is_of_the_family_that_it_is_told(bool isV6, string source)
    {
        _link.Set(new(true, Some.Source, Some.SourceV6));
        BecomeMaster(delay: 0, Some.Version3() with { Addresses = [], AllowsNoAddresses = true, IsV6WithoutAddresses = isV6 });
        Assert.Equal(IpAddress128.Parse(source), Router.Source);
        Assert.Equal(isV6, _link.Subscriptions.Single().Selector.IsV6);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(4096, 0, 4096)]
    [InlineData(0, 3, 4500)]
    public void A_receive_buffer_is_so_many_bytes_or_MTUs(int bytes, int mtus, int expected)
    {
        Configure(Some.Instance() with { ReceiveBuffer = new(bytes, mtus) }, delay: 0);
        Assert.Equal(expected, _link.Subscriptions.Single().ReceiveBufferSize);
    }

    [Fact]
    public void A_reload_moves_an_address_to_an_interface_for_the_virtual_MAC_address_and_back()
    {
        var plain = Some.Instance() with { Addresses = [new(Some.Vip, 24) { Device = "e1" }] };
        var vmac = new AddressVmac("e1", true, new("vrrp.51", VmacSettings.StandardMac(51, isV4: true)));
        BecomeMaster(delay: 0, plain);
        _log.Clear();
        _runner.Configure([plain with { Addresses = [new(Some.Vip, 24) { Device = "vrrp.51" }], AddressVmacs = [vmac] }]);
        Assert.Equal("open vrrp.51 on e1; remove 10.9.0.100; disarm 10.9.0.100; arm 10.9.0.100; add 10.9.0.100/24 vrrp.51",
            string.Join("; ", _log.Take(5)));
        _log.Clear();
        _runner.Configure([plain]);
        Assert.Equal("remove 10.9.0.100; disarm 10.9.0.100; arm 10.9.0.100; add 10.9.0.100/24 e1; close vrrp.51",
            string.Join("; ", _log.Where(line => !line.StartsWith("announce", StringComparison.Ordinal))));
        Assert.Equal(VrrpState.Master, Router.State);
    }

    private void Configure(VrrpInstanceSettings settings, double delay, double up = 0)
    {
        Assert.Null(settings.Problem());
        _runner.Configure([settings]);
        _runner.SetHost(HostSettings.None with
        {
            LinkDelays = [new("e0", TimeSpan.FromSeconds(delay), TimeSpan.FromSeconds(up))],
        });
    }

    private void BecomeMaster(double delay, VrrpInstanceSettings? settings = null, double up = 0)
    {
        Configure(settings ?? Some.Instance(), delay, up);
        Advance(4);
        Assert.Equal(VrrpState.Master, Router.State);
        _log.RemoveAll(line => !line.Contains("failed", StringComparison.Ordinal));
    }

    private void BecomeMaster(double delay, double up) => BecomeMaster(delay, null, up);

    /// <summary>Lets the time pass, and all that comes due in it happen at its time.</summary>
    private void Advance(double seconds)
    {
        var end = _clock.Now + TimeSpan.FromSeconds(seconds);
        while (_runner.NextDeadline <= end)
        {
            if (_runner.NextDeadline > _clock.Now) _clock.Now = _runner.NextDeadline;
            _runner.Turn();
        }

        _clock.Now = end;
    }
}
