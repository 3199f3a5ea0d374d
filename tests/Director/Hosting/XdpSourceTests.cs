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
    public void A_number_of_queues_that_changes_and_a_device_that_goes_are_told()
    {
        using var set = new NamespaceSet();
        var (here, there) = (set.Create("here"), set.Create("there"));
        Veth.Connect(here, "eth0", there, "eth0", queues: 2);
        NamespaceThread.Run(here, () =>
        {
            using var steering = Steering.Create();
            var source = new XdpSource(steering, [new(1, "eth0", default, 1500)], XdpMode.Native, new(), NullLogger.Instance);
            Assert.Null(source.FindChange());
            there.Run("ethtool", "-L", "eth0", "tx", "1");
            here.Run("ethtool", "-L", "eth0", "rx", "1");
            Assert.Equal("eth0 has 1 receive queue(s) now and had 2", source.FindChange());
            here.Ip("link", "del", "eth0");
            Assert.Throws<LinuxException>(() => source.FindChange());
        });
    }
}
