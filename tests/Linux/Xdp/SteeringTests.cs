using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Net;
using Director.Tests.Support;

namespace Director.Tests.Linux.Xdp;

[Collection("kernel")]
public sealed class SteeringTests
{
    private static readonly IpAddress128 Vip = SteeredNet.Vip.Address;

    [KernelFact]
    public void Services_are_replaced_without_a_moment_without_those_that_stay()
    {
        using var steering = Steering.Create();
        var web = new ServiceKey(IpProtocol.Tcp, new(Vip, 80));
        var names = new ServiceKey(IpProtocol.Udp, new(Vip, 53));
        steering.SetServices([web, names, web]);
        Assert.Equal(2, steering.ServiceCount);
        steering.SetServices([web]);
        Assert.Equal(1, steering.ServiceCount);
        steering.SetServices([]);
        Assert.Equal(0, steering.ServiceCount);
    }

    [KernelFact]
    public void More_services_than_fit_are_refused_and_the_old_ones_stay()
    {
        using var steering = Steering.Create();
        steering.SetServices([new(IpProtocol.Tcp, new(Vip, 80))]);
        var many = Enumerable.Range(0, SteeringLimits.MaxServices).Select(port => new ServiceKey(IpProtocol.Udp, new(Vip, (ushort)port)));
        var refusal = Assert.Throws<LinuxException>(() => steering.SetServices(many));
        Assert.Equal(Errno.E2BIG, refusal.Errno);
        Assert.Equal(1, steering.ServiceCount);
    }

    [KernelFact]
    public void The_vip_map_is_used_by_a_second_holder_through_its_descriptor()
    {
        using var steering = Steering.Create();
        using var other = VipMap.FromHandle(Copy(steering.Vips.Handle));
        other.Arm(Vip);
        Assert.True(steering.Vips.IsArmed(Vip));
        Assert.Equal([Vip], steering.Vips.Vips);
        steering.Vips.Dispose();
        Assert.True(other.Disarm(Vip));
        Assert.Empty(other.Vips);
    }

    [KernelFact]
    public void A_descriptor_that_is_no_vip_map_is_refused()
    {
        using var wrong = BpfMap<uint, uint>.Create(BpfMapType.Hash, "test_wrong", 1);
        var refusal = Assert.Throws<LinuxException>(() => VipMap.FromHandle(Copy(wrong.Descriptor)));
        Assert.Contains("16", refusal.Message, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_vip_too_many_is_refused_by_name_and_the_others_stay_armed()
    {
        using var vips = VipMap.Create(2);
        vips.Arm(IpAddress128.FromV4(1));
        vips.Arm(IpAddress128.Parse("2001:db8::1"));
        var refusal = Assert.Throws<LinuxException>(() => vips.Arm(Vip));
        Assert.Contains(Vip.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("at most 2", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, vips.Vips.Count);
    }

    [KernelFact]
    public void A_device_that_another_director_steers_is_refused_with_who_holds_it()
    {
        using var net = new SteeredNet();
        using var second = Steering.Create();
        var refusal = Assert.Throws<LinuxException>(() => NamespaceThread.Run(net.Director, () => second.Attach(net.Front.Device, XdpMode.Native)));
        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains("eth0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'director_steer' holds it by BPF link", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("bpftool link detach id", refusal.Remedy, StringComparison.Ordinal);
        Assert.Empty(second.Devices);
    }

    [KernelFact]
    public void A_device_whose_link_is_held_by_a_second_holder_stays_steered_until_that_lets_go()
    {
        using var net = new SteeredNet();
        var device = net.Front.Device;
        using (new FileDescriptor(Copy(net.Front.LinkHandle)))
        {
            net.Steering.Dispose();
            Assert.Contains("xdp", net.Director.Ip("-d", "link", "show", "dev", device.Name), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("prog/xdp", net.Director.Ip("-d", "link", "show", "dev", device.Name), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_device_is_looked_at_by_name()
    {
        using var net = new SteeredNet(queues: 2);
        var device = net.Front.Device;
        Assert.Equal(("eth0", SteeredNet.FrontMac, 1500, 2), (device.Name, device.Mac, device.Mtu, device.RxQueues));
        Assert.Throws<LinuxException>(() => XdpDevice.Open("no_such_device"));
        var refusal = Assert.Throws<LinuxException>(() => XdpDevice.Open("lo"));
        Assert.Contains("only Ethernet", refusal.Message, StringComparison.Ordinal);
    }

    private static int Copy(int descriptor)
    {
        using var copy = FileDescriptor.DuplicateOf(descriptor);
        var value = copy.Value;
        copy.SetHandleAsInvalid();
        return value;
    }
}
