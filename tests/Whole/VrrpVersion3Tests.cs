using System.Text.RegularExpressions;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>Two directors that share their VIP by version 3, an advert every 0.1 s, while clients are served.</summary>
public sealed partial class VrrpVersion3Tests(ITestOutputHelper output)
{
    private const string Unicast = "unicast over IPv4";
    private const string Multicast = "multicast over IPv6";

    [KernelTheory]
    [InlineData(Unicast)]
    [InlineData(Multicast)]
    public async Task The_vip_goes_to_the_second_when_the_first_stops_comes_back_with_it_and_goes_again_when_it_is_killed(string kind)
    {
        using var two = new TwoDirectors(output, text => Edit(Pair.WithoutPersistence(text), kind));
        foreach (var director in two.Stage.Directors)
        {
            // Without duplicate detection, which takes seconds.
            two.MachineOf(director).Sysctl("net.ipv6.conf.eth0.accept_dad", "0");
            two.MachineOf(director).Sysctl("net.ipv6.conf.eth0.disable_ipv6", kind == Multicast ? "0" : "1");
        }

        await two.StartAsync();
        await two.AssertServedAsync();
        var status = await two.UntilAsync("the first says how it speaks", two.First, now => now.Vrrp[0].Counters.Count > 0);
        Assert.Equal((3, kind == Multicast ? "ff02::12" : "192.168.80.135"), (status.Vrrp[0].Version, status.Vrrp[0].SentTo.Single()));

        TwoDirectors.Signal(two.First.ProcessId, "TERM");
        await two.UntilOwnedByAsync(two.Second);
        await two.AssertServedAsync();

        await two.UntilAsync("the first has ended", () => !two.First.IsRunning);
        two.Stage.StartDirector(two.First.Role);
        await two.UntilOwnedByAsync(two.First);
        await two.UntilReadyAsync(two.First);
        await two.AssertServedAsync();

        TwoDirectors.Signal(two.First.ProcessId, "KILL");
        await two.UntilOwnedByAsync(two.Second);
        await two.AssertServedAsync();
        var after = await two.UntilAsync("the second has heard the first", two.Second,
            now => now.Vrrp[0].Counters.GetValueOrDefault("priorityZeroReceived") >= 2);
        Assert.DoesNotContain(after.Vrrp[0].Counters.Keys, name => name.StartsWith("rejected", StringComparison.Ordinal));
        Assert.Null(after.Vrrp[0].Rival);
    }

    [GeneratedRegex(@"authentication \{[^}]*\}")]
    private static partial Regex Authentication { get; }

    private static string Edit(string text, string kind)
    {
        var peer = text.Contains("state MASTER", StringComparison.Ordinal) ? "192.168.80.135" : "192.168.80.132";
        text = Authentication.Replace(text, kind == Unicast ? $"version 3\nunicast_peer {{\n{peer}\n}}" : "")
            .Replace("advert_int 1", "advert_int 0.1", StringComparison.Ordinal);
        return kind == Unicast ? text : text.Replace("virtual_ipaddress {",
            "virtual_ipaddress {\nfe80::130/64\n}\nvirtual_ipaddress_excluded {", StringComparison.Ordinal);
    }
}
