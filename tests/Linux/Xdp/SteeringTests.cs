using System.Diagnostics;
using System.Runtime.InteropServices;
using Director.Datapath;
using Director.Datapath.Tables;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.Netlink;
using Director.Linux.Xdp;
using Director.Net;
using Director.Tests.Support;
using Tmds.Linux;

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
        steering.Steer([web, names, web]);
        Assert.Equal(2, steering.ServiceCount);
        steering.Steer([web]);
        Assert.Equal(1, steering.ServiceCount);
        steering.Steer([]);
        Assert.Equal(0, steering.ServiceCount);
    }

    [KernelFact]
    public void Masqueraded_servers_come_and_go_with_the_call_that_names_them()
    {
        using var steering = Steering.Create();
        var web = new ServiceKey(IpProtocol.Tcp, new(Vip, 80));
        var server = (IpProtocol.Tcp, new Endpoint(IpAddress128.Parse("10.1.0.80"), (ushort)8080));
        steering.Steer([web], [server, server], [IpAddress128.Parse("10.1.0.1")]);
        Assert.Equal((1, 1), (steering.ServiceCount, steering.MasqueradedCount));
        steering.Steer([web], [server, server with { Item1 = IpProtocol.Udp }]);
        Assert.Equal((1, 2), (steering.ServiceCount, steering.MasqueradedCount));
        steering.Steer([web]);
        Assert.Equal((1, 0), (steering.ServiceCount, steering.MasqueradedCount));
    }

    [KernelFact]
    public void More_masqueraded_servers_than_fit_are_refused_with_the_bound_and_the_old_ones_stay()
    {
        using var steering = Steering.Create();
        var server = new Endpoint(IpAddress128.Parse("10.1.0.80"), 8080);
        steering.Steer([], [(IpProtocol.Tcp, server)]);
        var many = Enumerable.Range(0, SteeringLimits.MaxPlaces)
            .Select(number => (IpProtocol.Udp, new Endpoint(IpAddress128.FromV4((uint)number), 53)));
        var refusal = Assert.Throws<LinuxException>(() => steering.Steer([], many));
        Assert.Equal(Errno.E2BIG, refusal.Errno);
        Assert.Contains("at most 262144", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, steering.MasqueradedCount);
    }

    [KernelFact]
    public void More_services_than_fit_are_refused_and_the_old_ones_stay()
    {
        using var steering = Steering.Create();
        steering.Steer([new(IpProtocol.Tcp, new(Vip, 80))]);
        var many = Enumerable.Range(0, SteeringLimits.MaxPlaces)
            .Select(number => new ServiceKey(IpProtocol.Udp, new(IpAddress128.FromV4((uint)number), 53)));
        var refusal = Assert.Throws<LinuxException>(() => steering.Steer(many));
        Assert.Equal(Errno.E2BIG, refusal.Errno);
        Assert.Equal(1, steering.ServiceCount);
    }

    [KernelFact]
    public void What_a_table_changes_takes_as_many_calls_as_it_changes_and_many_places_few()
    {
        var specs = PagedArray<VirtualServiceSpec>.Of([.. Enumerable.Range(0, 5000).Select(Masquerading)]);
        var before = ForwardingTable.Build(specs, ForwardingTable.Empty(), MonoTime.Zero);
        using var steering = Steering.Create();
        steering.Steer(before);
        Assert.Equal((5000, 10_000), (steering.ServiceCount, steering.MasqueradedCount));
        Assert.InRange(steering.MapCalls, 1, 10);

        var calls = steering.MapCalls;
        steering.Steer(before);
        Assert.Equal(calls, steering.MapCalls);
        var edit = specs.Edit();
        edit[77] = specs[77] with { Servers = [specs[77].Servers[0]] };
        steering.Steer(ForwardingTable.Build(edit.ToPagedArray(), before, MonoTime.Zero));
        Assert.Equal(calls + 1, steering.MapCalls);
        Assert.Equal((5000, 9999), (steering.ServiceCount, steering.MasqueradedCount));
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
        var refusal = Assert.Throws<LinuxException>(
            () => NamespaceThread.Run(net.Director, () => second.Attach(net.Front.Device, XdpMode.Native)));
        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains("eth0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'director_steer' holds it by BPF link", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("bpftool link detach id", refusal.Remedy, StringComparison.Ordinal);
        Assert.Empty(second.Devices);
    }

    [KernelFact]
    public void A_process_that_inherits_the_link_keeps_the_device_steered_until_it_is_killed()
    {
        using var net = new SteeredNet();
        using var holder = HoldInProcess(net.Front.LinkHandle);
        net.Steering.Dispose();
        Assert.NotNull(AttachmentOf(net));
        holder.Kill();
        holder.WaitForExit();
        Assert.Null(AttachmentOf(net));
    }

    [KernelTheory]
    [InlineData(LinkAbi.XDP_FLAGS_DRV_MODE, "xdp")]
    [InlineData(LinkAbi.XDP_FLAGS_SKB_MODE, "xdpgeneric")]
    public void A_program_that_was_set_by_netlink_is_named_with_the_command_that_clears_it(uint mode, string word)
    {
        using var net = new SteeredNet();
        net.Steering.Dispose();
        var code = new Assembler();
        code.Move(BpfRegister.R0, (int)XdpVerdict.Pass);
        code.Exit();
        using var foreign = BpfProgram.Load("foreign", code.Assemble());
        using var steering = Steering.Create();
        var refusal = NamespaceThread.Run(net.Director, () =>
        {
            var device = XdpDevice.Open("eth0");
            SetByNetlink(device.Index, foreign.Descriptor, mode);
            return Assert.Throws<LinuxException>(() => steering.Attach(device, XdpMode.Native));
        });
        Assert.Contains("'foreign' holds it", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"`ip link set dev eth0 {word} off`", refusal.Message, StringComparison.Ordinal);

        net.Director.Ip("link", "set", "dev", "eth0", word, "off");
        NamespaceThread.Run(net.Director, () => steering.Attach(XdpDevice.Open("eth0"), XdpMode.Native));
    }

    [KernelFact]
    public void A_device_whose_packets_do_not_fit_into_a_frame_is_refused()
    {
        using var net = new SteeredNet();
        net.Steering.Dispose();
        net.Director.Ip("link", "set", "dev", "eth0", "mtu", "2000");
        using var steering = Steering.Create();
        var refusal = Assert.Throws<LinuxException>(
            () => NamespaceThread.Run(net.Director, () => steering.Attach(XdpDevice.Open("eth0"), XdpMode.Generic)));
        Assert.Contains("its MTU is 2000 and a frame takes 1770", refusal.Message, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_device_that_takes_tags_out_itself_serves_no_vlan()
    {
        using var net = new SteeredNet();
        net.Steering.Dispose();
        using var steering = Steering.Create();
        net.Director.Run("ethtool", "-K", "eth0", "rxvlan", "on");
        var refusal = Assert.Throws<LinuxException>(
            () => NamespaceThread.Run(net.Director, () => steering.Attach(XdpDevice.Open("eth0"), XdpMode.Native, 20)));
        Assert.Contains("`ethtool -K eth0 rxvlan off`", refusal.Remedy, StringComparison.Ordinal);
        net.Director.Run("ethtool", "-K", "eth0", "rxvlan", "off");
        var steered = NamespaceThread.Run(net.Director, () => steering.Attach(XdpDevice.Open("eth0"), XdpMode.Native, 20));
        Assert.Equal([20], steered.Vlans);
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

    private static VirtualServiceSpec Masquerading(int number)
    {
        return new(new(IpProtocol.Tcp, new(IpAddress128.FromV4(0x0a00_0000u + (uint)number), 80)), "wlc", null, 32, [Server(0), Server(1)]);

        RealServerSpec Server(uint place) => new(new(IpAddress128.FromV4(0x0b00_0000u + ((uint)number * 2) + place), 80), 1, null)
        {
            Method = ForwardingMethod.Masquerading,
        };
    }

    private static XdpAttachment? AttachmentOf(SteeredNet net) => NamespaceThread.Run(net.Director, () =>
    {
        using var routes = new RouteSocket();
        return routes.DumpLinks().Single(link => link.Name == "eth0").Xdp;
    });

    // A child inherits what is not closed on exec, as the program's own small process does.
    private static Process HoldInProcess(int descriptor)
    {
        const int F_DUPFD = 0;
        using var inherited = new FileDescriptor(LibC.fcntl(descriptor, F_DUPFD, 0));
        return Process.Start("sleep", "3600");
    }

    private static void SetByNetlink(int device, int program, uint mode)
    {
        const ushort RTM_SETLINK = 19;
        const ushort NLM_F_ACK = 4;
        const ushort NLA_F_NESTED = 0x8000;
        const ushort IFLA_XDP_FD = 1;
        const ushort IFLA_XDP_FLAGS = 3;
        Span<byte> nested = stackalloc byte[16];
        MemoryMarshal.Write(nested, (ushort)8);
        MemoryMarshal.Write(nested[2..], IFLA_XDP_FD);
        MemoryMarshal.Write(nested[4..], program);
        MemoryMarshal.Write(nested[8..], (ushort)8);
        MemoryMarshal.Write(nested[10..], IFLA_XDP_FLAGS);
        MemoryMarshal.Write(nested[12..], mode);
        Span<byte> buffer = stackalloc byte[256];
        var request = new NetlinkWriter(buffer, RTM_SETLINK, NLM_F_ACK, 1);
        MemoryMarshal.Write(request.Fixed(LinkAbi.IfInfoSize)[4..], device);
        request.Attribute(LinkAbi.IFLA_XDP | NLA_F_NESTED, nested);
        using var socket = new NetlinkSocket();
        Assert.Equal(0, socket.Send(request.Finish()));
        Assert.Equal(0, socket.Receive());
        Assert.Equal(0, MemoryMarshal.Read<int>(socket.Datagram[16..]));
    }

    private static int Copy(int descriptor)
    {
        using var copy = FileDescriptor.DuplicateOf(descriptor);
        var value = copy.Value;
        copy.SetHandleAsInvalid();
        return value;
    }
}
