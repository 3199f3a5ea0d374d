using Director.Config;
using Director.Control;
using Director.Net;

namespace Director.Tests.Config;

public sealed class VmacConfigTests
{
    [Theory]
    [InlineData("use_vmac", "vrrp.51", "", false)]
    [InlineData("use_vmac vv0 02:00:00:00:00:33\nvmac_xmit_base", "vv0", "02:00:00:00:00:33", true)]
    [InlineData("use_vmac 02:00:00:00:00:33", "vrrp.51", "02:00:00:00:00:33", false)]
    [InlineData("use_vmac group 5 vv0", "vv0", "", false, 5)]
    public void An_interface_has_the_name_and_address_written_or_the_defaults(
        string lines, string name, string mac, bool onParent, uint group = 0)
    {
        var vmac = Assert.Single(Reading.Clean(Instance("A", 51, "10.0.0.1", lines)).VrrpInstances).Vmac;
        MacAddress? expected = MacAddress.TryParse(mac, out var parsed) ? parsed : null;
        Assert.Equal(new VmacConfig(name, expected, onParent, group), vmac);
    }

    [Fact]
    public void Names_are_unique_and_begin_with_the_prefix()
    {
        var config = Reading.Clean("global_defs {\n vmac_prefix averylongprefix\n}\n" + Instance("A", 51, "10.0.0.1", "use_vmac")
            + Instance("B", 51, "10.0.0.2", "use_vmac", "e1") + Instance("C", 51, "10.0.0.3", "use_vmac", "e2"));
        Assert.Equal(["averylongpre.51", "averylongpr1.51", "averylongpr2.51"],
            config.VrrpInstances.Select(instance => instance.Vmac!.Name));
    }

    [Theory]
    [InlineData("use_vmac vv0 02:00:00:00:00:33 more", "'more' has no effect here")]
    [InlineData("use_vmac group", "'group' needs")]
    [InlineData("vmac_xmit_base", "'vmac_xmit_base' has no effect without 'use_vmac'")]
    [InlineData("use_vmac\nunicast_peer {\n10.0.0.9\n}", "to unicast peers adverts go out of e0")]
    [InlineData("use_vmac netlink_notify_msg", "'netlink_notify_msg' is not needed")]
    [InlineData("use_vmac averyveryverylongname", "is longer than the 15 bytes of an interface name")]
    [InlineData("strict_mode\nuse_vmac\nvmac_xmit_base", "strict mode has no MAC address but the virtual one")]
    [InlineData("garp_extra_if all soon", "is not a whole number of seconds")]
    public void What_cannot_be_is_located(string lines, string message)
    {
        var reading = Reading.Read(Instance("A", 51, "10.0.0.1", lines));
        Assert.Contains(message, Reading.Listing(reading), StringComparison.Ordinal);
        Assert.All(reading.Diagnostics, said => Assert.True(said.Line > 0));
    }

    [Theory]
    [InlineData("garp_extra_if 5", 5, false)]
    [InlineData("vmac_garp_intvl all 7", 7, true)]
    [InlineData("", 3, true)]
    public void Extra_announcements_default_to_the_global_ones(string lines, int seconds, bool isOfAll)
    {
        var garp = Reading.Clean("global_defs {\n vrrp_garp_extra_if all 3\n}\n" + Instance("A", 51, "10.0.0.1", lines))
            .VrrpInstances[0].Garp;
        Assert.Equal((TimeSpan.FromSeconds(seconds), isOfAll), (garp.ExtraInterval, garp.ExtraIsOfAll));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("no_accept", false)]
    [InlineData("strict_mode", false)]
    [InlineData("strict_mode\nstate MASTER\npriority 255", true)]
    public void The_host_accepts_what_is_for_its_addresses_unless_told_not_to_or_strict(string lines, bool accepts) =>
        Assert.Equal(accepts, Assert.Single(Reading.Read(Instance("A", 51, "10.0.0.1", lines)).Config.VrrpInstances).Accepts);

    [Theory]
    // Without any, all go where they are written to.
    [InlineData("", "e0 e0 e1 e0", "")]
    // Those of its interface and family go to its own.
    [InlineData("use_vmac", "vrrp.51 vrrp.51 e1 e0", "")]
    // Those of another interface or family to further ones, which those that go to the same one share.
    [InlineData("use_vmac\nuse_vmac_addr", "vrrp.51 vrrp.51 extra.51 extra6.51", "extra.51 on e1 00:00:5e:00:01:33, "
        + "extra6.51 on e0 00:00:5e:00:02:33")]
    [InlineData("use_vmac_addr", "e0 e0 extra.51 extra6.51",
        "extra.51 on e1 00:00:5e:00:01:33, extra6.51 on e0 00:00:5e:00:02:33")]
    // The address that is written is that of all of them.
    [InlineData("use_vmac 02:00:00:00:00:33 group 7\nuse_vmac_addr", "vrrp.51 vrrp.51 extra.51 extra6.51",
        "extra.51 on e1 02:00:00:00:00:33, extra6.51 on e0 02:00:00:00:00:33")]
    public void Addresses_go_to_interfaces_for_the_virtual_MAC_address_if_that_is_wanted(string lines, string devices, string further)
    {
        var config = Reading.Clean("global_defs {\n vmac_addr_prefix extra\n}\n" + Instance("A", 51, "10.0.0.1", lines
            + "\nvirtual_ipaddress_excluded {\n10.0.0.2\n10.0.0.3 dev e1\n2001:db8::1/64\n}"));
        var settings = Assert.Single(VrrpSettings.From(config));
        Assert.Equal(devices, string.Join(' ', settings.AllAddresses().Select(address => address.Device)));
        Assert.Equal(further, string.Join(", ",
            settings.AddressVmacs.Select(vmac => $"{vmac.Vmac.Name} on {vmac.Parent} {vmac.Vmac.Mac}")));
        Assert.Null(settings.Problem());
    }

    [Fact]
    public void An_address_may_want_one_by_itself_and_names_stay_unique()
    {
        var config = Reading.Clean(Instance("A", 51, "10.0.0.1 use_vmac", "virtual_ipaddress_excluded {\n10.0.0.3 dev e1\n"
            + "10.0.0.4 dev e2 use_vmac\n10.0.0.5 dev e2 use_vmac\n}"));
        var settings = Assert.Single(VrrpSettings.From(config));
        Assert.Equal("vrrp.51 e1 vrrp1.51 vrrp1.51", string.Join(' ', settings.AllAddresses().Select(address => address.Device)));
        Assert.Null(settings.Vmac);
    }

    private static string Instance(string name, int id, string address, string lines, string device = "e0") => $$"""
        vrrp_instance {{name}} {
            interface {{device}}
            virtual_router_id {{id}}
            {{lines}}
            virtual_ipaddress {
                {{address}}
            }
        }

        """;
}
