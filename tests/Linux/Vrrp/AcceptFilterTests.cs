using Director.Linux;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Tests.Support;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Linux.Vrrp;

[Collection("kernel")]
public class AcceptFilterTests
{
    private readonly List<string> _problems = [];

    [KernelFact]
    public void A_master_that_does_not_accept_answers_no_ping_to_its_addresses_but_to_its_own_and_all_is_gone_in_the_end()
    {
        using var lab = new VrrpLab(ipv6: true);
        lab.B.Ip("address", "add", "2001:db8::2/64", "dev", "e0", "nodad");
        var vip = VrrpLab.Instance(255) with
        {
            WantedState = VrrpState.Master, ExcludedAddresses = [new(IpAddress128.Parse("2001:db8::1"), 64)],
        };
        NamespaceThread.Run(lab.A, () =>
        {
            foreach (var isNoAccept in (ReadOnlySpan<bool>)[false, true])
            {
                using var link = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
                var runner = Run(link, vip with { IsNoAccept = isNoAccept });
                Assert.Equal(VrrpState.Master, runner.Routers.Single().State);
                Assert.Equal((!isNoAccept, !isNoAccept, true),
                    (IsAnswered(lab, VrrpLab.Vip), IsAnswered(lab, "2001:db8::1"), IsAnswered(lab, "192.168.80.128")));
                // Found it is all the same: neighbour discovery passes.
                Assert.Contains("02:00:00:00:00:0a", lab.B.Ip("neigh", "show", "2001:db8::1"), StringComparison.Ordinal);
                runner.Configure([vip with { IsNoAccept = !isNoAccept }]);
                Assert.Equal(isNoAccept, IsAnswered(lab, VrrpLab.Vip));
                runner.Shutdown();
            }

            // One that is killed leaves addresses and filter; its successor removes both.
            using (var killed = new RawVrrpLink(MonotonicClock.Instance, _problems.Add)) Run(killed, vip with { IsNoAccept = true });
            Assert.False(IsAnswered(lab, VrrpLab.Vip));
            using var heir = new RawVrrpLink(MonotonicClock.Instance, _problems.Add);
            var successor = Run(heir, vip);
            lab.A.AddAddress("e0", VrrpLab.Vip + "/24");
            Assert.True(IsAnswered(lab, VrrpLab.Vip));
            successor.Shutdown();
        });
        Assert.Empty(_problems);
    }

    private static VrrpRunner Run(RawVrrpLink link, VrrpInstanceSettings settings)
    {
        var runner = new VrrpRunner(link, NoSteering.Instance, new SilentObserver(), MonotonicClock.Instance);
        runner.Configure([settings]);
        return runner;
    }

    private static bool IsAnswered(VrrpLab lab, string address) =>
        lab.B.Run("sh", "-c", $"ping -n -c 1 -W 1 {address} > /dev/null 2>&1 && echo yes || echo no").Trim() == "yes";
}
