using Director.Datapath.Ports;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Xdp;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Support;

namespace Director.Tests.Linux.Xdp;

/// <summary>The port, the steering program and the kernel together, on veth pairs between namespaces.</summary>
[Collection("kernel")]
public sealed class XskForwardingTests
{
    [KernelTheory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void Frames_for_the_vip_cross_from_one_device_to_the_other_rewritten_and_in_the_right_number(XdpMode mode)
    {
        using var net = new SteeredNet(mode);
        net.Serve();
        Assert.Equal(mode, net.Front.Mode);
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
            SteeredNet.BackMac.WriteTo(expected.AsSpan(MacAddress.Size));
            Assert.Equal(expected, arrived[i]);
        }

        Assert.Empty(net.ServerWire.Rest(SteeredNet.IsToVip));
        Assert.Equal((ulong)Count, net.Front.Counts()[SteeringCounter.Redirected]);
        var sockets = net.Port!.Statistics.Sockets;
        Assert.Equal([("eth0", Count, 0), ("eth1", 0, Count)],
            sockets.Select(socket => (socket.Device, (int)socket.Received, (int)socket.Transmitted)));
        Assert.All(sockets, socket => Assert.False(socket.ZeroCopy));
    }

    [KernelTheory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void Frames_of_a_served_vlan_come_up_with_their_tag_and_leave_without_it_and_other_vlans_are_the_hosts(XdpMode mode)
    {
        const ushort served = 20, other = 21;
        using var net = new SteeredNet(mode, 1, served);
        net.Serve();
        for (ushort i = 0; i < 50; i++)
        {
            var tagged = Tagged(SteeredNet.ToVip(i), served);
            net.ClientWire.Send(Tagged(SteeredNet.ToVip(i), other));
            net.ClientWire.Send(tagged);
            Assert.Equal(1, net.Pump(1, (batch, index) =>
            {
                Assert.Equal(tagged, batch.Frame(index).ToArray());
                batch[index].MoveStart(VlanTag.Size);
                SteeredNet.ToServer(batch, index);
            }));
        }

        var arrived = net.ServerWire.Collect(50, SteeredNet.IsToVip);
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => SteeredNet.ToVip((ushort)i)[TestFrame.Ip..]),
            arrived.Select(frame => frame[TestFrame.Ip..]));
        Assert.Equal((50ul, 50ul), (net.Front.Counts()[SteeringCounter.Redirected], net.Front.Counts()[SteeringCounter.NotBalanced]));
    }

    [KernelFact]
    public void With_one_arm_a_frame_leaves_by_the_device_that_it_came_in_by()
    {
        using var net = new SteeredNet();
        net.Serve();
        for (ushort i = 0; i < 50; i++)
        {
            net.ClientWire.Send(SteeredNet.ToVip(i));
            Assert.Equal(1, net.Pump(1, SteeredNet.Hairpin));
        }

        var arrived = net.ClientWire.Collect(50, SteeredNet.IsToVip);
        Assert.Equal(50, arrived.Count);
        Assert.All(arrived, frame => Assert.Equal(SteeredNet.ClientMac, MacAddress.Read(frame)));
        Assert.Empty(net.ServerWire.Rest(SteeredNet.IsToVip));
    }

    [KernelFact]
    public void What_is_not_the_vips_reaches_the_host_as_ever()
    {
        using var net = new SteeredNet();
        net.Serve();
        var echo = TestFrame.Ipv4(SteeredNet.FrontMac, SteeredNet.ClientMac, SteeredNet.ClientPoint.Address,
            IpAddress128.Parse("192.0.2.1"), IpProtocol.Icmp, 8);
        (echo[TestFrame.Transport], echo[TestFrame.Transport + 2]) = (8, 0xf7);
        echo[TestFrame.Transport + 3] = 0xff;
        net.ClientWire.Send(echo);
        Assert.Single(net.ClientWire.Collect(1,
            frame => frame[TestFrame.Ip + 9] == (byte)IpProtocol.Icmp && frame[TestFrame.Transport] == 0));
        var counts = net.Front.Counts();
        Assert.Equal(1ul, counts[SteeringCounter.NotBalanced]);
        Assert.Equal(0ul, counts[SteeringCounter.Redirected] + counts[SteeringCounter.Unserved]);
        Assert.Equal(0, net.Port!.Statistics.Sockets[0].Received);
    }

    [KernelFact]
    public void A_vip_that_is_not_armed_is_left_to_the_host_and_one_that_is_armed_but_not_served_is_dropped()
    {
        using var net = new SteeredNet();
        net.Steering.Steer([SteeredNet.UdpService]);
        Assert.Equal(SteeringCounter.NotArmed, SendAndSee(net));
        net.Steering.Vips.Arm(SteeredNet.Vip.Address);
        Assert.Equal(SteeringCounter.Unserved, SendAndSee(net));
        net.OpenPort();
        Assert.Equal(SteeringCounter.Redirected, SendAndSee(net));
        net.Port!.Dispose();
        Assert.Equal(SteeringCounter.Unserved, SendAndSee(net));
        net.Steering.Vips.Disarm(SteeredNet.Vip.Address);
        Assert.Equal(SteeringCounter.NotArmed, SendAndSee(net));
    }

    [KernelFact]
    public void The_host_gets_the_packet_without_the_ethernet_header()
    {
        using var net = new SteeredNet();
        var host = new RecordingHost();
        net.Serve(host: host);
        var frame = SteeredNet.ToVip(7);
        net.ClientWire.Send(frame);
        net.Pump(1, (batch, index) => batch[index].Verdict = Verdict.ToHost);
        Assert.Equal(frame[TestFrame.Ip..], Assert.Single(host.Packets));
    }

    [KernelFact]
    public void After_load_every_frame_is_where_the_port_says()
    {
        using var net = new SteeredNet();
        var port = net.Serve(new XskOptions { RingEntries = 64 });
        const int Count = 20_000;
        var random = new Random(5);
        var sender = new Thread(() =>
        {
            for (var i = 0; i < Count; i++) net.ClientWire.Send(SteeredNet.ToVip((ushort)i, payload: 18 + i % 1400));
        });
        sender.Start();
        long forwarded = 0;
        while (sender.IsAlive) forwarded += PumpSome();
        sender.Join();
        net.Settle(() => forwarded += PumpSome());
        var statistics = port.Statistics;
        Assert.Equal(statistics.Sockets.Sum(socket => socket.Received), forwarded + statistics.Dropped);
        Assert.Equal(forwarded, statistics.Sockets.Sum(socket => socket.Transmitted + socket.TransmitFull));
        Assert.All(statistics.Sockets, socket =>
        {
            Assert.Equal(0, socket.RefusedAddresses + socket.RefusedSlots);
            Assert.Equal(0ul, socket.TxInvalidDescriptors + socket.RxInvalidDescriptors);
        });
        var redirected = net.Front.Counts()[SteeringCounter.Redirected];
        var front = statistics.Sockets[0];
        Assert.Equal(redirected, (ulong)front.Received + front.RxDropped + front.RxRingFull);
        Assert.All(port.Lanes, lane => Assert.Equal(0, lane.Outstanding));
        Assert.Equal(port.Frames.Frames, port.Frames.Free + port.Lanes.Sum(lane => lane.Posted));
        Assert.Equal(port.Frames.Free, port.Frames.CountOf(FrameOwner.Nobody));

        long PumpSome()
        {
            long sent = 0;
            net.PumpOnce((batch, index) =>
            {
                if (random.Next(4) == 0)
                {
                    batch[index].Verdict = Verdict.Drop;
                    return;
                }

                if (random.Next(2) == 0) SteeredNet.ToServer(batch, index);
                else SteeredNet.Hairpin(batch, index);
                sent++;
            });
            return sent;
        }
    }

    [KernelFact]
    public void A_device_that_is_down_costs_its_own_frames_only_and_works_again_when_it_is_up()
    {
        using var net = new SteeredNet();
        var port = net.Serve(new XskOptions { RingEntries = 64 });
        net.Director.Ip("link", "set", "eth1", "down");
        for (ushort i = 0; i < 200; i++)
        {
            net.ClientWire.Send(SteeredNet.ToVip(i));
            Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
        }

        var back = port.Statistics.Sockets[1];
        Assert.Equal(200 - 64, back.TransmitFull);
        Assert.Equal("Network is down (ENETDOWN)", back.LastKickRefusal);
        net.ClientWire.Send(SteeredNet.ToVip(999));
        Assert.Equal(1, net.Pump(1, SteeredNet.Hairpin));
        Assert.Single(net.ClientWire.Collect(1, SteeredNet.IsToVip));

        net.Director.Ip("link", "set", "eth1", "up");
        port.Wait(TimeSpan.Zero);
        Assert.Equal(64, net.ServerWire.Collect(64, SteeredNet.IsToVip).Count);
        net.PumpOnce(SteeredNet.ToServer);
        Assert.Equal(0, port.Lanes[1].Outstanding);
    }

    [KernelFact]
    public void Two_workers_serve_two_queues_of_each_device()
    {
        using var net = new SteeredNet(queues: 2);
        Assert.Equal(2, XskPort.MaxWorkers(net.Steering.Devices));
        net.Steering.Steer([SteeredNet.UdpService]);
        net.Steering.Vips.Arm(SteeredNet.Vip.Address);
        var host = new RecordingHost();
        NamespaceThread.Run(net.Director, () =>
        {
            using var first = XskPort.Open(net.Steering.Devices, 0, 2, new XskOptions { RingEntries = 64 }, host);
            using var second = XskPort.Open(net.Steering.Devices, 1, 2, new XskOptions { RingEntries = 64 }, host);
            Assert.Equal([("eth0", 0), ("eth1", 0)], first.Statistics.Sockets.Select(socket => (socket.Device, socket.Queue)));
            Assert.Equal([("eth0", 1), ("eth1", 1)], second.Statistics.Sockets.Select(socket => (socket.Device, socket.Queue)));
            Assert.Throws<ArgumentOutOfRangeException>(() => XskPort.Open(net.Steering.Devices, 0, 3, new XskOptions(), host));
        });
        using var whole = NamespaceThread.Run(net.Director,
            () => XskPort.Open(net.Steering.Devices, 0, 1, new XskOptions { RingEntries = 64 }, host));
        Assert.Equal(4, whole.Statistics.Sockets.Count);
    }

    [KernelFact]
    public void A_queue_that_another_socket_has_is_refused_with_what_to_do()
    {
        using var net = new SteeredNet();
        net.Serve();
        var refusal = Assert.Throws<LinuxException>(() => NamespaceThread.Run(net.Director,
            () => XskPort.Open(net.Steering.Devices, 0, 1, new XskOptions(), new RecordingHost())));
        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains("eth0 queue 0", refusal.Message, StringComparison.Ordinal);
        net.ClientWire.Send(SteeredNet.ToVip());
        Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
    }

    [KernelFact]
    public void Rings_of_odd_sizes_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new XskOptions { RingEntries = 1000 }.Validate());

    private static SteeringCounter SendAndSee(SteeredNet net)
    {
        var before = net.Front.Counts();
        net.ClientWire.Send(SteeredNet.ToVip());
        SteeringCounts after;
        do after = net.Front.Counts();
        while (after.Total == before.Total);
        return Assert.Single(Enum.GetValues<SteeringCounter>(), counter => after[counter] != before[counter]);
    }

    private static byte[] Tagged(byte[] frame, ushort vlan) => [.. frame[..12], 0x81, 0x00, (byte)(vlan >> 8), (byte)vlan, .. frame[12..]];
}
