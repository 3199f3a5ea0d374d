using Director.Hosting;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Xdp;
using Director.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Director.Tests.Hosting;

[Collection("kernel")]
public sealed class XdpSourceTests
{
    [KernelFact]
    public void A_device_is_gone_on_with_as_it_is_now()
    {
        using var set = new NamespaceSet();
        var (here, there) = (set.Create("here"), set.Create("there"));
        Veth.Connect(here, "eth0", there, "eth0", queues: 2);
        NamespaceThread.Run(here, () =>
        {
            using var steering = Steering.Create();
            var source = new XdpSource(steering, [new(1, "eth0", default, 1500)], XdpMode.Native, new(), NullLogger.Instance);
            var before = Assert.Single(source.Devices);
            Assert.False(source.TryReattach(0));

            there.Run("ethtool", "-L", "eth0", "tx", "1");
            here.Run("ethtool", "-L", "eth0", "rx", "1");
            source.Renew(0, XdpDevice.Open("eth0"));
            Assert.Equal(before with { RxQueues = 1 }, Assert.Single(source.Devices));
            var link = Assert.Single(source.LinkHandles);

            here.Ip("link", "del", "eth0");
            Assert.Null(XdpDevice.Find("eth0"));
            Assert.Throws<LinuxException>(() => source.TryReattach(0));
            Veth.Connect(here, "eth0", there, "eth0");
            var again = XdpDevice.Open("eth0");
            Assert.NotEqual(before.Index, again.Index);
            source.Renew(0, again);
            Assert.Equal(again, Assert.Single(source.Devices));
            Assert.NotEqual(link, Assert.Single(source.LinkHandles));
            Assert.False(source.TryReattach(0));
        });
    }
}
