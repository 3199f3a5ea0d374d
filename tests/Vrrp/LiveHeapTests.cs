using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

/// <summary>What virtual routers hold on the heap: a collection of little is short, and a long one would delay an advert.</summary>
public class LiveHeapTests
{
    private const int Routers = 200;
    private const int AddressesEach = 20;
    private const long Bound = 10_000_000;

    [Fact]
    public void Two_hundred_virtual_routers_of_twenty_addresses_each_take_less_than_ten_megabytes_to_become_masters()
    {
        var clock = new ManualClock();
        var link = new SimulatedLink();
        link.Set(new(true, Some.Source));
        // All that this thread allocates is more than what lives of it.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var runner = new VrrpRunner(link, link, new RecordingObserver(null), clock);
        runner.Configure([.. Enumerable.Range(1, Routers).Select(Settings)]);
        for (var turns = 0; runner.Routers.Any(router => router.State != VrrpState.Master); turns++)
        {
            Assert.InRange(turns, 0, 20 * Routers);
            clock.Now = runner.NextDeadline;
            runner.Turn();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Bound);
    }

    private static VrrpInstanceSettings Settings(int number) => Some.Instance() with
    {
        Name = $"VI_{number}",
        VirtualRouterId = (byte)number,
        Addresses = [.. Enumerable.Range(1, AddressesEach).Select(i => Address(number, i))],
    };

    private static VirtualAddress Address(int router, int number) =>
        new(IpAddress128.FromV4(0x0a00_0000 + ((uint)router << 8) + (uint)number), 24);
}
