using Director.Net;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Tests.VrrpProcess;

public class ControlCodecAddressTests
{
    private static readonly VirtualRoute Route = new(IpAddress128.Parse("10.0.0.0"), 8)
    {
        Kind = RouteKind.Prohibit,
        Source = IpAddress128.Parse("10.1.0.0"),
        SourceLength = 16,
        Gateway = IpAddress128.Parse("192.0.2.1"),
        PreferredSource = IpAddress128.Parse("192.0.2.2"),
        Device = "e1",
        Table = 4_000_000_000,
        Protocol = 19,
        Scope = 253,
        Metric = 3_000_000_000,
        TypeOfService = 16,
        IsOnLink = true,
        Preference = 3,
        Metrics = [new(2, 1400, true), new(11, 20)],
        Hops = [new(IpAddress128.Parse("192.0.2.3"), "e2", 200, true), new(null, null)],
        IsTracked = false,
        Placement = RoutePlacement.Last,
        Realms = 0x30004,
        Lifetime = 60,
        CongestionControl = "bbr",
        LocksCongestionControl = true,
    };

    private static readonly VirtualRule Rule = new(false, 16_000)
    {
        Action = RuleAction.GoTo,
        Table = 100,
        GoTo = 17_000,
        IsNegated = true,
        From = IpAddress128.Parse("2001:db8::"),
        FromLength = 32,
        To = IpAddress128.Parse("2001:db8:1::"),
        ToLength = 48,
        TypeOfService = 8,
        Mark = 0,
        MarkMask = 0xff,
        InputDevice = "e0",
        OutputDevice = "e1",
        SuppressPrefixLength = 0,
        SuppressGroup = 7,
        Realms = 0x10002,
        TunnelId = ulong.MaxValue,
        IsOfVrf = true,
        Users = new(0, 1000),
        IpProtocol = 6,
        SourcePorts = new(1, 2),
        DestinationPorts = new(80, 90),
        Protocol = 20,
        IsTracked = false,
    };

    private readonly byte[] _buffer = new byte[ControlLimits.MessageSize];

    [Fact]
    public void A_route_is_read_back_as_it_was_and_every_truncation_is_refused()
    {
        var message = ControlCodec.WriteRoute(_buffer, Route).ToArray();
        var reader = Read(message, ControlKind.Route);
        Assert.True(ControlCodec.TryReadRoute(ref reader, out var read));
        Assert.Equal(Route, read);
        Assert.Equal(Route.GetHashCode(), read.GetHashCode());
        for (var length = 2; length < message.Length; length++)
        {
            var cut = Read(message.AsSpan(0, length), ControlKind.Route);
            Assert.False(ControlCodec.TryReadRoute(ref cut, out _), $"{length} bytes");
        }
    }

    [Fact]
    public void Routes_that_differ_in_anything_are_not_equal()
    {
        VirtualRoute[] others =
        [
            Route with { Metric = 1 }, Route with { Metrics = [new(2, 1400)] }, Route with { Hops = [] }, Route with { Device = null },
            Route with { IsTracked = true }, Route with { Source = null }, Route with { Placement = RoutePlacement.First },
            Route with { Realms = 4 }, Route with { Lifetime = null }, Route with { CongestionControl = "cubic" },
            Route with { LocksCongestionControl = false },
        ];
        Assert.All(others, other => Assert.NotEqual(Route, other));
        Assert.Equal(Route, Route with { Metrics = [.. Route.Metrics], Hops = [.. Route.Hops] });
    }

    [Fact]
    public void A_rule_is_read_back_as_it_was_and_every_truncation_is_refused()
    {
        var message = ControlCodec.WriteRule(_buffer, Rule).ToArray();
        var reader = Read(message, ControlKind.Rule);
        Assert.True(ControlCodec.TryReadRule(ref reader, out var read));
        Assert.Equal(Rule, read);
        for (var length = 2; length < message.Length; length++)
        {
            var cut = Read(message.AsSpan(0, length), ControlKind.Rule);
            Assert.False(ControlCodec.TryReadRule(ref cut, out _), $"{length} bytes");
        }
    }

    [Fact]
    public void An_instance_owns_its_addresses_as_before_it_was_sent_also_when_there_are_many()
    {
        var excluded = Enumerable.Range(1, VrrpLimits.ExcludedAddresses).Select(i => new VirtualAddress(IpAddress128.FromV4((uint)i), 24)
        {
            Options = VirtualAddressOptions.NoPrefixRoute | VirtualAddressOptions.Untracked,
            PreferredSeconds = (uint)i,
            Peer = IpAddress128.FromV4((uint)i + 1),
        });
        var instance = VrrpRehearsal.Settings with
        {
            IsNoAccept = true,
            PromotesSecondaries = true,
            Garp = VrrpRehearsal.Settings.Garp with { ExtraInterval = TimeSpan.FromSeconds(7), ExtraIsOfAll = true },
            Vmac = new("vrrp.51", VmacSettings.StandardMac(51, isV4: true), AdvertisesOnParent: true, Group: 9),
            AddressVmacs = [new("e1", false, new("vrrp6.51", VmacSettings.StandardMac(51, isV4: false)))],
            NeededInterfaces = ["e7", "e8"],
            Addresses = [new(IpAddress128.FromV4(9)), new(IpAddress128.FromV4(10)) { PreferredSeconds = 0 }],
            ExcludedAddresses = [.. excluded],
        };
        var first = ControlCodec.WriteInstance(_buffer, instance).ToArray();
        var reader = Read(first, ControlKind.Instance);
        Assert.True(ControlCodec.TryReadInstance(ref reader, out var read));
        var message = ControlCodec.WriteOwnership(_buffer, instance).ToArray();
        reader = Read(message, ControlKind.Ownership);
        Assert.True(ControlCodec.TryReadOwnership(ref reader, ref read));
        Assert.Equal(instance.Addresses, read.Addresses);
        Assert.Equal(instance.ExcludedAddresses, read.ExcludedAddresses);
        Assert.Equal((instance.Vmac, true, true, instance.Garp), (read.Vmac, read.IsNoAccept, read.PromotesSecondaries, read.Garp));
        Assert.Equal(instance.AddressVmacs, read.AddressVmacs);
        Assert.Equal(instance.NeededInterfaces, read.NeededInterfaces);
        for (var length = 2; length < message.Length; length += 7)
        {
            var cut = Read(message.AsSpan(0, length), ControlKind.Ownership);
            Assert.False(ControlCodec.TryReadOwnership(ref cut, ref read), $"{length} bytes");
        }
    }

    [Fact]
    public void What_is_the_host_s_is_read_back_as_it_was()
    {
        var host = new HostSettings
        {
            Addresses = [new(IpAddress128.Parse("2001:db8::1"), 64, "e0") { Options = VirtualAddressOptions.DetectsDuplicates }],
            ReportsLinkLocalGroups = false,
            LinkDelays = [new("e0", TimeSpan.FromSeconds(1), TimeSpan.FromMicroseconds(7))],
            Paces = [new(["e0", "e1"], TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)), new([], TimeSpan.Zero, TimeSpan.Zero)],
        };
        var reader = Read(ControlCodec.WriteHost(_buffer, host), ControlKind.Host);
        Assert.True(ControlCodec.TryReadHost(ref reader, out var read));
        Assert.Equal(host.Addresses, read.Addresses);
        Assert.Equal(host.LinkDelays, read.LinkDelays);
        Assert.False(read.ReportsLinkLocalGroups);
        Assert.Equal(host.Paces.SelectMany(pace => pace.Interfaces), read.Paces.SelectMany(pace => pace.Interfaces));
        Assert.Equal(host.Paces.Select(pace => (pace.ArpInterval, pace.NeighbourInterval)),
            read.Paces.Select(pace => (pace.ArpInterval, pace.NeighbourInterval)));
    }

    private static ControlReader Read(ReadOnlySpan<byte> message, ControlKind expected)
    {
        Assert.True(ControlReader.TryRead(message, out var kind, out var reader));
        Assert.Equal(expected, kind);
        return reader;
    }
}
