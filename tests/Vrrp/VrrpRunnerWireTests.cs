using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Tests.Vrrp;

/// <summary>How routers speak and what they tell of others.</summary>
public class VrrpRunnerWireTests
{
    private static readonly IpAddress128 Stranger = IpAddress128.Parse("10.9.0.9");

    private readonly ManualClock _clock = new();
    private readonly List<string> _log = [];
    private readonly SimulatedLink _link;
    private readonly VrrpRunner _runner;

    public VrrpRunnerWireTests()
    {
        _link = new SimulatedLink { Log = _log };
        _runner = new VrrpRunner(_link, _link, new RecordingObserver(_log), _clock);
    }

    private VrrpRouter Router => _runner.Routers.Single();

    [Fact]
    public void Every_unicast_peer_is_sent_each_advert_in_turn()
    {
        var settings = Some.Version3() with { Peers = [new(Some.Higher), new(Stranger)] };
        BecomeMaster(settings);
        Assert.Equal(["advertise 150 to 10.9.0.2", "advertise 150 to 10.9.0.9"], Sent());
        Assert.Equal([new AdvertSubscription(0, new(false, IpAddress128.FromV4(0)), 0x33)], _link.Subscriptions);
        Assert.Equal(1, Router.Counters.AdvertisementsSent);
    }

    [Fact]
    public void Without_the_peers_that_it_must_have_a_router_is_in_fault_until_it_has_one()
    {
        var settings = Some.Version3() with { FaultsWithoutPeers = true };
        _runner.Configure([settings]);
        Assert.Equal((VrrpState.Fault, FaultReasons.NoPeers), (Router.State, Router.Faults));
        _runner.Configure([settings with { Peers = [new(Some.Higher)] }]);
        Assert.Equal(VrrpState.Backup, Router.State);
    }

    [Fact]
    public void After_a_fault_a_unicast_router_announces_its_own_source_once_and_a_multicast_one_nothing()
    {
        foreach (var peers in (IReadOnlyList<UnicastPeer>[])[[new(Some.Higher)], []])
        {
            _runner.Configure([Some.Version3() with { Name = $"{peers.Count}", Peers = peers }]);
            _link.Set(new(false, Some.Source));
            _runner.Turn();
            Assert.Equal(VrrpState.Fault, Router.State);
            _log.Clear();
            _link.Set(new(true, Some.Source));
            _runner.Turn();
            Assert.Equal(VrrpState.Backup, Router.State);
            Assert.Equal(peers.Count, _log.Count(line => line == $"announce {Some.Source}"));
        }
    }

    [Fact]
    public void Addresses_of_the_other_family_are_steered_added_announced_and_removed_as_the_others()
    {
        var excluded = IpAddress128.Parse("2001:db8::100");
        BecomeMaster(Some.Version3() with { ExcludedAddresses = [new(excluded, 64)] });
        var log = string.Join("; ", _log);
        Assert.Contains($"arm {excluded}; add {excluded}/64 e0", log, StringComparison.Ordinal);
        Assert.Equal(5, _log.Count(line => line == $"announce {excluded}"));
        _log.Clear();
        _runner.Shutdown();
        Assert.Contains($"remove {excluded}; disarm {excluded}", string.Join("; ", _log), StringComparison.Ordinal);
    }

    [Fact]
    public void Over_ipv6_a_router_sends_from_the_link_local_address_and_is_in_fault_without_one_until_it_comes()
    {
        var sources = new List<IpAddress128>();
        _link.OnSend = datagram => sources.Add(IpAddress128.ReadV6(datagram.AsSpan(8)));
        _link.Set(new(true, Some.Source));
        _runner.Configure([Some.OverIpv6()]);
        Assert.Equal((VrrpState.Fault, FaultReasons.NoSourceAddress), (Router.State, Router.Faults));
        _link.Set(new(true, Some.Source, Some.SourceV6));
        _runner.Turn();
        Assert.Equal(VrrpState.Backup, Router.State);
        RunToDeadline();
        Assert.Equal([Some.SourceV6], sources);
        Assert.Equal([new AdvertSubscription(0, new(true, AdvertisementDatagram.GroupV6), 0x33)], _link.Subscriptions);
    }

    [Fact]
    public void A_tracked_source_address_that_goes_is_a_fault_until_it_is_back()
    {
        _runner.Configure([Some.Version3() with { SourceAddress = Stranger, TracksSourceAddress = true }]);
        Assert.Equal((VrrpState.Fault, FaultReasons.SourceAddressLost), (Router.State, Router.Faults));
        _link.AddAddress(0, new(Stranger));
        _link.Set(_link.Status);
        _runner.Turn();
        Assert.Equal(VrrpState.Backup, Router.State);
    }

    [Fact]
    public void Routers_of_one_number_are_told_apart_by_family_and_group_and_unicast()
    {
        VrrpInstanceSettings[] all =
        [
            Some.Version3() with { Name = "multicast" },
            Some.Version3() with { Name = "group", MulticastGroup = IpAddress128.Parse("224.0.0.19") },
            Some.Version3() with { Name = "unicast", Peers = [new(Some.Higher)] },
            Some.OverIpv6() with { Name = "v6" },
        ];
        _link.Set(new(true, Some.Source, Some.SourceV6));
        _runner.Configure(all);
        foreach (var settings in all)
        {
            var to = settings.IsUnicast ? Some.Source : settings.Selector.Group;
            _link.Deliver(Some.Datagram(settings, settings.IsV6 ? Some.PeerV6 : Some.Higher, to, 200));
            _runner.Turn();
        }

        Assert.All(_runner.Routers, router => Assert.Equal(1, router.Counters.AdvertisementsReceived));
        Assert.Equal(4, _runner.Routers.Count());
    }

    [Theory]
    [InlineData(AdvertisementRejection.None, 3)]
    [InlineData(AdvertisementRejection.AddressList, 1)]
    public void Another_master_that_stays_is_told_with_its_ethernet_address(AdvertisementRejection ignored, int adverts)
    {
        Assert.True(MacAddress.TryParse("02:00:00:00:00:0b", out var mac));
        _link.Senders[Some.Lower] = mac;
        BecomeMaster(Some.Version3());
        var theirs = ignored == AdvertisementRejection.None ? Some.Version3() : Some.Version3() with { Addresses = [new(Stranger)] };
        for (var i = 0; i < adverts; i++)
        {
            Assert.Null(_runner.RivalOf(Router));
            Assert.DoesNotContain(_log, line => line.Contains("rival", StringComparison.Ordinal));
            _link.Deliver(Some.Datagram(theirs, Some.Lower, 100));
            _runner.Turn();
            _clock.Now += TimeSpan.FromMilliseconds(100);
        }

        Assert.Contains($"VI_1 rival 10.9.0.0 02:00:00:00:00:0b {ignored} {adverts}", _log);
        Assert.Equal(new RivalMaster(Some.Lower, mac, ignored, adverts), _runner.RivalOf(Router));
        Assert.Equal(adverts, Router.Counters.RivalAdvertisements);
        _clock.Now += TimeSpan.FromSeconds(61);
        Assert.Null(_runner.RivalOf(Router));
    }

    [Fact]
    public void A_master_that_yields_or_resigns_or_is_noise_is_no_rival()
    {
        BecomeMaster(Some.Version3());
        for (var i = 0; i < 10; i++)
        {
            _link.Deliver(Some.Datagram(Some.Version3(), Some.Lower, 0));
            var noise = Some.Datagram(Some.Version3(), Some.Lower, 100);
            noise[26] ^= 1;
            _link.Deliver(noise);
        }

        _runner.Turn();
        Assert.Equal(0, Router.Counters.RivalAdvertisements);
        _link.Deliver(Some.Datagram(Some.Version3(), Some.Lower, 100));
        _link.Deliver(Some.Datagram(Some.Version3(), Some.Lower, 100));
        _link.Deliver(Some.Datagram(Some.Version3(), Some.Lower, 200));
        _link.Deliver(Some.Datagram(Some.Version3(), Some.Lower, 200));
        _runner.Turn();
        Assert.Equal(VrrpState.Backup, Router.State);
        Assert.Null(_runner.RivalOf(Router));
    }

    [Fact]
    public void Another_form_of_checksum_is_believed_counted_and_told_once_for_each_peer()
    {
        _runner.Configure([Some.Version3()]);
        var theirs = Some.Version3() with { Checksum = ChecksumForm.MessageOnly };
        for (var i = 0; i < 3; i++) _link.Deliver(Some.Datagram(theirs, Some.Higher, 200));
        _runner.Turn();
        Assert.Equal(3, Router.Counters.AdvertisementsReceived);
        Assert.Equal(3, Router.Counters.ChecksumFormsDiffering);
        Assert.Single(_log, line => line == "VI_1 MessageOnly from 10.9.0.2");
        // Never changed silently: what is sent is what is configured.
        Assert.Equal(ChecksumForm.PseudoHeader, Router.Settings.Checksum);
    }

    [Fact]
    public void Addresses_that_differ_in_part_are_believed_counted_and_told_once_until_they_agree_and_strange_ones_are_refused()
    {
        _runner.Configure([Some.Version3()]);
        var more = Some.Version3() with { Addresses = [new(Some.Vip), new(Stranger)] };
        Hear(more, more);
        Assert.Equal((VrrpState.Backup, Some.Higher, 2), (Router.State, Router.LastHeard, Router.Counters.AddressListsDiffering));
        Assert.Single(_log, line => line == "VI_1 other addresses from 10.9.0.2");
        Hear(Some.Version3(), more);
        Assert.Equal(2, _log.Count(line => line == "VI_1 other addresses from 10.9.0.2"));
        Hear(Some.Version3() with { Addresses = [new(Stranger)] });
        Assert.Equal((3, 1, 4), (Router.Counters.AddressListsDiffering,
            Router.Counters.Rejected(AdvertisementRejection.AddressList), Router.Counters.AdvertisementsReceived));

        void Hear(params VrrpInstanceSettings[] theirs)
        {
            foreach (var settings in theirs) _link.Deliver(Some.Datagram(settings, Some.Higher, 200));
            _runner.Turn();
        }
    }

    [Fact]
    public void Another_interval_of_version_3_is_believed_and_counted()
    {
        _runner.Configure([Some.Version3()]);
        _link.Deliver(Some.Datagram(Some.Version3() with { AdvertInterval = TimeSpan.FromSeconds(1) }, Some.Higher, 200));
        _runner.Turn();
        Assert.Equal((1, 1), (Router.Counters.AdvertisementsReceived, Router.Counters.IntervalsDiffering));
    }

    [Fact]
    public void Adverts_of_routers_that_are_not_configured_are_counted_and_told_if_somebody_wants_to_know()
    {
        _runner.Configure([Some.Version3()]);
        _link.Deliver(Some.Datagram(Some.Version3() with { VirtualRouterId = 7 }, Some.Higher, 200));
        _runner.Turn();
        Assert.DoesNotContain("unknown 7 from 10.9.0.2", _log);
        _runner.Configure([Some.Version3() with { LogsUnknownRouters = true }]);
        _link.Deliver(Some.Datagram(Some.Version3() with { VirtualRouterId = 7 }, Some.Higher, 200));
        _runner.Turn();
        Assert.Contains("unknown 7 from 10.9.0.2", _log);
        Assert.Equal(2, _runner.Unclaimed.Rejected(AdvertisementRejection.UnknownRouter));
        Assert.Equal(ProtocolError.VridError, _runner.Unclaimed.LastProtocolError);
    }

    [Fact]
    public void What_the_kernel_has_thrown_away_is_counted_with_the_rest()
    {
        _runner.Configure([Some.Version3()]);
        _runner.CollectCounters();
        Assert.Equal(0x33, Router.Counters.Rejected(AdvertisementRejection.TimeToLive));
        Assert.Equal(ProtocolError.IpTtlError, Router.Counters.LastProtocolError);
        Assert.Equal(1000, _runner.Unclaimed.Rejected(AdvertisementRejection.UnknownRouter));
    }

    [Fact]
    public void Why_a_router_became_master_is_remembered()
    {
        _runner.Configure([Some.Version3()]);
        Assert.Equal(MasterReason.NotMaster, Router.Counters.NewMasterReason);
        RunToDeadline();
        Assert.Equal(MasterReason.MasterNoResponse, Router.Counters.NewMasterReason);
        _link.Deliver(Some.Datagram(Some.Version3(), Some.Lower, 200));
        _link.Deliver(Some.Datagram(Some.Version3(), Some.Lower, 0));
        _runner.Turn();
        Assert.Equal(MasterReason.MasterNoResponse, Router.Counters.NewMasterReason);
        RunToDeadline();
        Assert.Equal(MasterReason.Priority, Router.Counters.NewMasterReason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sending_to_peers_and_hearing_them_allocates_nothing(bool isV6)
    {
        var link = new SimulatedLink();
        link.Set(new(true, Some.Source, Some.SourceV6));
        var runner = new VrrpRunner(link, link, new RecordingObserver(null), _clock);
        var (peer, own) = isV6 ? (Some.PeerV6, Some.SourceV6) : (Some.Higher, Some.Source);
        var settings = (isV6 ? Some.OverIpv6() : Some.Version3()) with { Peers = [new(peer)], LeavesLowerUnanswered = true };
        runner.Configure([settings]);
        var lower = Some.Datagram(settings, peer, own, 100);
        var unknown = Some.Datagram(settings with { VirtualRouterId = 7 }, peer, own, 100);
        Turn(100);
        Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Turn(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(runner.Routers.Single().Counters.AdvertisementsReceived > 100);

        void Turn(int times)
        {
            for (var i = 0; i < times; i++)
            {
                link.Deliver(lower);
                link.Deliver(unknown);
                _clock.Now += TimeSpan.FromMilliseconds(50);
                runner.Turn();
            }
        }
    }

    private void BecomeMaster(VrrpInstanceSettings settings)
    {
        _runner.Configure([settings]);
        RunToDeadline();
        Assert.Equal(VrrpState.Master, Router.State);
    }

    private void RunToDeadline()
    {
        _clock.Now = Router.NextDeadline;
        _runner.Turn();
    }

    private IEnumerable<string> Sent() => _log.Where(line => line.StartsWith("advertise", StringComparison.Ordinal));
}
