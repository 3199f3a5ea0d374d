using Director.Linux.Xdp;
using Director.Tests.Support;

namespace Director.Tests.Linux.Xdp;

[Collection("kernel")]
public sealed class XskForwardingTests
{
    [KernelFact]
    public void Frames_for_the_vip_cross_from_one_device_to_the_other_rewritten_and_in_the_right_number()
    {
        using var net = new SteeredNet();
        net.Serve();
        const int Count = 500;
        for (var i = 0; i < Count; i++)
        {
            net.ClientWire.Send(SteeredNet.ToVip((ushort)i));
            Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
        }

        var arrived = net.ServerWire.Collect(Count, SteeredNet.IsToVip);
        Assert.Equal(Count, arrived.Count);
        for (var i = 0; i < Count; i++)
        {
            var expected = SteeredNet.ToVip((ushort)i);
            SteeredNet.ServerMac.WriteTo(expected);
            SteeredNet.BackMac.WriteTo(expected.AsSpan(6));
            Assert.Equal(expected, arrived[i]);
        }

        Assert.Empty(net.ServerWire.Rest(SteeredNet.IsToVip));
        Assert.Equal((ulong)Count, net.Front.Counts()[SteeringCounter.Redirected]);
    }
}
