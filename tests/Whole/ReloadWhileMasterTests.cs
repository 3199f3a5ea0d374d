using System.Globalization;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>
/// Masters of every sort whose configuration is reloaded (tests/Interop, case 46, is the plain one beside keepalived): what stays is not
/// touched, what is new is announced and nothing else.
/// </summary>
public sealed class ReloadWhileMasterTests
{
    private const int Addresses = 10;

    [KernelFact]
    public async Task A_group_of_masters_with_a_virtual_mac_and_ipv6_is_not_disturbed_by_one_address_more()
    {
        using var director = new TrackingDirector(ipv6: true);
        director.Start(Configuration(""));
        await director.UntilAsync("all are masters and have said so", status =>
            status.Vrrp.Count == 3 && status.Vrrp.All(router => router.State == "MASTER")
            && status.Vrrp[0].Counters["announcementsSent"] == Announced(Addresses));
        var before = await director.UntilAsync("it is so", _ => true);
        var link = Link();
        var addresses = director.Machine.Ip("-o", "address", "show", "dev", "vrrp81").Split('\n').ToHashSet();

        for (var round = 1; round <= 3; round++)
        {
            File.WriteAllText(director.ConfigFile, Configuration(Enumerable.Range(1, round).Aggregate("", (more, number) =>
                string.Create(CultureInfo.InvariantCulture, $"{more}virtual_ipaddress_excluded {{\n192.168.80.{220 + number}\n}}\n"))));
            var (exit, text) = await director.RunAsync("reload");
            Assert.True(exit == 0, text);
            Assert.Contains("In force: 1 added.", text, StringComparison.Ordinal);
            var (wanted, address) = (Announced(Addresses + round), $"192.168.80.{220 + round}/32");
            await director.UntilAsync("the new address is announced", status =>
                status.Vrrp[0].Counters["announcementsSent"] >= wanted && status.Vrrp[0].Addresses.Contains(address));
        }

        var after = await director.UntilAsync("it is told", _ => true);
        Assert.Equal(Announced(Addresses + 3), after.Vrrp[0].Counters["announcementsSent"]);
        Assert.Equal(before.Vrrp[1].Counters["announcementsSent"], after.Vrrp[1].Counters["announcementsSent"]);
        Assert.Equal(before.Vrrp[2].Counters["announcementsSent"], after.Vrrp[2].Counters["announcementsSent"]);
        Assert.Equal(before.Vrrp.Select(router => (router.State, router.Since)), after.Vrrp.Select(router => (router.State, router.Since)));
        Assert.Equal(before.SyncGroups.Select(group => group.State), after.SyncGroups.Select(group => group.State));
        Assert.All(after.Vrrp, router => Assert.Equal(0, router.Counters["ticksSkipped"]));
        Assert.Equal(link, Link());
        Assert.Subset(director.Machine.Ip("-o", "address", "show", "dev", "vrrp81").Split('\n').ToHashSet(), addresses);

        string Link() => director.Machine.Ip("-o", "link", "show", "dev", "vrrp81").Split(':')[0];
    }

    /// <summary>One burst of each address, as <c>garp_master_delay</c> is off.</summary>
    private static long Announced(int addresses) => 2 * addresses;

    private static string Configuration(string more)
    {
        var addresses = string.Concat(Enumerable.Range(0, Addresses)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"192.168.80.{200 + number}\n")));
        return $$"""
            vrrp_sync_group G {
                group {
                    V4
                    V6
                }
            }
            vrrp_instance V4 {
                interface e0
                use_vmac vrrp81
                virtual_router_id 81
                priority 100
                version 3
                advert_int 0.5
                garp_master_delay 0
                garp_master_repeat 2
                virtual_ipaddress {
                    {{addresses}}
                }
                {{more}}
            }
            vrrp_instance V6 {
                interface e0
                virtual_router_id 82
                priority 100
                version 3
                advert_int 0.5
                garp_master_delay 0
                garp_master_repeat 2
                virtual_ipaddress {
                    fe80::82
                    fd00::82
                }
            }
            vrrp_instance PLAIN {
                interface e0
                virtual_router_id 83
                priority 100
                version 3
                advert_int 0.5
                garp_master_delay 0
                garp_master_repeat 2
                virtual_ipaddress {
                    192.168.80.83
                }
            }

            """;
    }
}
