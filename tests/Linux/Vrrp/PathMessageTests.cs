using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Linux.Vrrp;
using Director.Net;

namespace Director.Tests.Linux.Vrrp;

/// <summary>Bytes of routes and rules on a little-endian machine.</summary>
public class PathMessageTests
{
    private static readonly VirtualRoute Route = new(IpAddress128.Parse("10.23.0.0"), 16)
    {
        Gateway = IpAddress128.Parse("10.0.0.9"), Device = "e0", Metric = 50, Table = 1000, TypeOfService = 16, IsOnLink = true,
        PreferredSource = IpAddress128.Parse("10.0.0.100"), Metrics = [new(2, 1400, true)],
    };

    private static readonly VirtualRule Rule = new(true, 999)
    {
        IsNegated = true, From = IpAddress128.Parse("10.0.0.0"), FromLength = 24, To = IpAddress128.Parse("10.1.0.0"), ToLength = 16,
        Mark = 5, MarkMask = 0xff, InputDevice = "e0", OutputDevice = "e1", Table = 300, TypeOfService = 8, SuppressPrefixLength = 0,
        SuppressGroup = 3, Realms = 0x10002, TunnelId = 7, Users = new(0, 1000), IpProtocol = 6, SourcePorts = new(1, 2),
        DestinationPorts = new(80, 80),
    };

    [Fact]
    public void A_route_has_these_bytes() => AssertBytes(
        "60000000 1800 0506 07000000 00000000  02 10 00 10 00 12 00 01 04000000" +
        "0800 0100 0a170000  0800 0500 0a000009  0800 0700 0a000064  0800 0400 03000000  0800 0600 32000000  0800 0f00 e8030000" +
        "1400 0880 0800 0200 78050000 0800 0100 04000000",
        VirtualRouteMessage.Write(new byte[8192], 7, RouteAbi.RTM_NEWROUTE,
            NetlinkAbi.NLM_F_CREATE | NetlinkAbi.NLM_F_EXCL, Route, _ => 3));

    [Fact]
    public void Realms_a_lifetime_and_a_congestion_control_have_these_bytes() => AssertBytes(
        "50000000 1800 0504 07000000 00000000  02 10 00 00 fe 12 00 01 00000000" +
        "0800 0100 0a170000  0800 0f00 fe000000  0800 0b00 04000300" +
        "1400 0880 0800 1000 62627200 0800 0100 00000100  0800 1700 3c000000",
        VirtualRouteMessage.Write(new byte[8192], 7, RouteAbi.RTM_NEWROUTE, NetlinkAbi.NLM_F_CREATE,
            new(IpAddress128.Parse("10.23.0.0"), 16)
            {
                Realms = 0x30004, Lifetime = 60, CongestionControl = "bbr", LocksCongestionControl = true,
            },
            _ => 3));

    [Fact]
    public void A_route_of_two_ways_has_these_bytes() => AssertBytes(
        "60000000 1900 0500 07000000 00000000  0a 30 00 00 fe 12 00 01 00000000" +
        "1400 0100 20010db8000100000000000000000000  0800 0f00 fe000000" +
        "2800 0980  0800 00 01 03000000  1c00 04 00 03000000 1400 0500 fe800000000000000000000000000009",
        VirtualRouteMessage.Write(new byte[8192], 7, RouteAbi.RTM_DELROUTE, 0,
            new(IpAddress128.Parse("2001:db8:1::"), 48)
            {
                Hops = [new(null, "e0", 2), new(IpAddress128.Parse("fe80::9"), "e0", 1, true)],
            }, _ => 3));

    [Fact]
    public void A_route_is_read_as_it_was_written()
    {
        var message = VirtualRouteMessage.Write(new byte[8192], 7, RouteAbi.RTM_NEWROUTE, 0, Route, _ => 3)[NetlinkAbi.HeaderSize..];
        Assert.True(VirtualRouteMessage.TryParse(message, out var read));
        Assert.True(VirtualRouteMessage.IsSame(Route, read));
        Assert.Equal("3", read.Device);
        VirtualRoute[] others =
        [
            Route with { Metric = 51 }, Route with { Table = 5 }, Route with { DestinationLength = 15 }, Route with { TypeOfService = 0 },
            Route with { Gateway = IpAddress128.Parse("10.0.0.8") }, Route with { Protocol = 4 },
        ];
        Assert.All(others, other => Assert.False(VirtualRouteMessage.IsSame(other, read)));
    }

    [Fact]
    public void A_rule_is_read_as_it_was_written()
    {
        var message = VirtualRuleMessage.Write(new byte[8192], 7, RouteAbi.RTM_NEWRULE, 0, Rule)[NetlinkAbi.HeaderSize..];
        Assert.True(VirtualRuleMessage.TryParse(message, out var read));
        Assert.Equal(Rule, read);
        Assert.True(VirtualRuleMessage.IsSame(Rule with { IsTracked = false }, read));
        Assert.False(VirtualRuleMessage.IsSame(Rule with { DestinationPorts = null }, read));
        var elsewhere = new VirtualRule(false, 5) { Action = RuleAction.GoTo, GoTo = 7, IsOfVrf = false };
        message = VirtualRuleMessage.Write(new byte[8192], 7, RouteAbi.RTM_NEWRULE, 0, elsewhere)[NetlinkAbi.HeaderSize..];
        Assert.True(VirtualRuleMessage.TryParse(message, out read));
        Assert.Equal(elsewhere, read);
    }

    /// <summary>Whatever the bytes, reading ends, and reads nothing beyond them.</summary>
    [Fact]
    public void Truncated_and_mangled_messages_are_survived()
    {
        byte[][] seeds =
        [
            VirtualRouteMessage.Write(new byte[8192], 7, RouteAbi.RTM_NEWROUTE, 0, Route, _ => 3)[NetlinkAbi.HeaderSize..].ToArray(),
            VirtualRuleMessage.Write(new byte[8192], 7, RouteAbi.RTM_NEWRULE, 0, Rule)[NetlinkAbi.HeaderSize..].ToArray(),
        ];
        var random = new Random(20261123);
        foreach (var seed in seeds)
        {
            for (var length = 0; length <= seed.Length; length++) ReadAll(seed.AsSpan(0, length).ToArray());
            for (var i = 0; i < 20_000; i++)
            {
                var mangled = seed.AsSpan(0, random.Next(seed.Length + 1)).ToArray();
                for (var flips = random.Next(1, 8); flips > 0 && mangled.Length > 0; flips--)
                    mangled[random.Next(mangled.Length)] = (byte)random.Next(256);
                ReadAll(mangled);
            }
        }
    }

    private static void ReadAll(byte[] payload)
    {
        if (VirtualRouteMessage.TryParse(payload, out var route)) Assert.InRange(route.DestinationLength, 0, 255);
        if (VirtualRuleMessage.TryParse(payload, out var rule)) Assert.NotNull(rule.ToString());
        _ = AddressMessage.TryParse(payload, out _);
        _ = LinkMessage.TryParse(payload, out _);
    }

    private static void AssertBytes(string expected, ReadOnlySpan<byte> message) =>
        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(message));
}
