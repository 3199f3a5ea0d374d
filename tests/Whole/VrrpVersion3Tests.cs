using System.Text.RegularExpressions;
using Director.Lab.Topology;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>Two directors that share their VIP by version 3, an advert every 0.1 s, while clients are served.</summary>
public sealed partial class VrrpVersion3Tests(ITestOutputHelper output)
{
    private const string Unicast = "unicast over IPv4";
    private const string Multicast = "multicast over IPv6";
    private const string Ipv6Alone = "multicast over IPv6, by which clients come too";

    [KernelTheory]
    [InlineData(Unicast)]
    [InlineData(Multicast)]
    [InlineData(Ipv6Alone)]
    public async Task The_vip_goes_to_the_second_when_the_first_stops_comes_back_with_it_and_goes_again_when_it_is_killed(string kind)
    {
        var plan = kind == Ipv6Alone ? LabPlan.BalanceDual : LabPlan.Balance;
        using var two = new TwoDirectors(output, text => Edit(Pair.WithoutPersistence(text), kind), plan: plan);
        // The lab's own, which does not move.
        if (kind == Ipv6Alone) two.MachineOf(two.First).Ip("address", "del", LabPlan.VipV6 + "/128", "dev", "eth0");
        foreach (var director in two.Stage.Directors)
        {
            // Without duplicate detection, which takes seconds.
            two.MachineOf(director).Sysctl("net.ipv6.conf.eth0.accept_dad", "0");
            two.MachineOf(director).Sysctl("net.ipv6.conf.eth0.disable_ipv6", kind == Unicast ? "1" : "0");
        }

        await two.StartAsync();
        await AssertServedAsync(two, kind);
        var status = await two.UntilAsync("the first says how it speaks", two.First, now => now.Vrrp[0].Counters.Count > 0);
        Assert.Equal((3, kind == Unicast ? "192.168.80.135" : "ff02::12"), (status.Vrrp[0].Version, status.Vrrp[0].SentTo.Single()));

        TwoDirectors.Signal(two.First.ProcessId, "TERM");
        await two.UntilOwnedByAsync(two.Second);
        await AssertServedAsync(two, kind);

        await two.UntilAsync("the first has ended", () => !two.First.IsRunning);
        two.Stage.StartDirector(two.First.Role);
        await two.UntilOwnedByAsync(two.First);
        await two.UntilReadyAsync(two.First);
        await AssertServedAsync(two, kind);

        TwoDirectors.Signal(two.First.ProcessId, "KILL");
        await two.UntilOwnedByAsync(two.Second);
        await AssertServedAsync(two, kind);
        var after = await two.UntilAsync("the second has heard the first", two.Second,
            now => now.Vrrp[0].Counters.GetValueOrDefault("priorityZeroReceived") >= 2);
        Assert.DoesNotContain(after.Vrrp[0].Counters.Keys, name => name.StartsWith("rejected", StringComparison.Ordinal));
        Assert.Null(after.Vrrp[0].Rival);
    }

    private static async Task AssertServedAsync(TwoDirectors two, string kind)
    {
        if (kind != Ipv6Alone)
        {
            await two.AssertServedAsync();
            return;
        }

        var owner = two.Stage.Directors.Single(two.HasVip);
        await two.UntilAsync($"{owner.Role} knows where the servers are", owner, status =>
            status.Services.All(service => service.Servers.All(server => server.Mac is not null)));
        var results = await two.Stage.RequestAsync(two.Stage.Plan.UsersV6, 2, default);
        Assert.Equal(two.Stage.Plan.UsersV6.Count * 2, results.Count);
        Assert.All(results, result => Assert.True(result.Answered, result.ToString()));
    }

    [GeneratedRegex(@"authentication \{[^}]*\}")]
    private static partial Regex Authentication { get; }

    private static string Edit(string text, string kind)
    {
        var peer = text.Contains("state MASTER", StringComparison.Ordinal) ? "192.168.80.135" : "192.168.80.132";
        text = Authentication.Replace(text, kind == Unicast ? $"version 3\nunicast_peer {{\n{peer}\n}}" : "")
            .Replace("advert_int 1", "advert_int 0.1", StringComparison.Ordinal);
        var more = kind == Ipv6Alone ? LabPlan.VipV6 + "\n" : "";
        return kind == Unicast ? text : text.Replace("virtual_ipaddress {",
            $"virtual_ipaddress {{\nfe80::130/64\n{more}}}\nvirtual_ipaddress_excluded {{", StringComparison.Ordinal);
    }
}
