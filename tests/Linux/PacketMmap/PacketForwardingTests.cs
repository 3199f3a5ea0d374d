using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Director.Datapath.Ports;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;
using Tmds.Linux;

namespace Director.Tests.Linux.PacketMmap;

/// <summary>The port, the filter, the shield and the kernel together, on veth pairs between namespaces.</summary>
[Collection("kernel")]
public sealed class PacketForwardingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    [KernelTheory]
    [InlineData(64)]
    [InlineData(7)]
    public void Frames_for_the_vip_cross_from_one_device_to_the_other_rewritten_and_in_the_right_number(int batchFrames)
    {
        using var net = new TappedNet();
        net.Serve(new PacketOptions { RingEntries = 64 });
        const int Rounds = 10;
        const int Each = 50;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Each; i++) net.ClientWire.Send(SteeredNet.ToVip((ushort)(round * Each + i)));
            Assert.Equal(Each, net.Pump(Each, SteeredNet.ToServer, batchFrames));
        }

        var arrived = net.ServerWire.Collect(Rounds * Each, SteeredNet.IsToVip);
        Assert.Equal(Rounds * Each, arrived.Count);
        for (var i = 0; i < arrived.Count; i++)
        {
            var expected = SteeredNet.ToVip((ushort)i);
            SteeredNet.ServerMac.WriteTo(expected);
            SteeredNet.BackMac.WriteTo(expected.AsSpan(MacAddress.Size));
            Assert.Equal(expected, arrived[i]);
        }

        Assert.Empty(net.ServerWire.Rest(SteeredNet.IsToVip));
        Assert.Equal((ulong)(Rounds * Each), net.Front.Counts()[SteeringCounter.Redirected]);
        Assert.Equal([("eth0", Rounds * Each, 0L), ("eth1", 0, Rounds * Each)],
            net.Port.Statistics.Sockets.Select(socket => (socket.Device, (int)socket.Received, socket.Transmitted)));
        Assert.Equal(0, net.Port.Statistics.Sockets.Sum(socket => socket.RingFull + socket.Unreadable + socket.TransmitRefused));
        Assert.All(net.Port.Lanes, lane => Assert.Equal(0, lane.Held));
    }

    [KernelFact]
    public void A_frame_with_a_priority_alone_is_the_vips_and_one_of_a_vlan_is_not()
    {
        const int vlan = 20, priority = 5 << 13;
        using var net = new TappedNet();
        net.Serve();
        net.ClientWire.Send(Tagged(SteeredNet.ToVip(), priority | vlan));
        net.ClientWire.Send(Tagged(SteeredNet.ToVip(), priority));
        Assert.Equal(1, net.Pump(1, (batch, index) =>
        {
            Assert.Equal(Tagged(SteeredNet.ToVip(), priority), batch.Frame(index).ToArray());
            batch[index].MoveStart(VlanTag.Size);
            SteeredNet.ToServer(batch, index);
        }));
        Assert.Single(net.ServerWire.Collect(1, SteeredNet.IsToVip));
        var counts = net.Front.Counts();
        Assert.Equal((1ul, 1ul), (counts[SteeringCounter.Redirected], counts[SteeringCounter.NotBalanced]));
    }

    [KernelFact]
    public void With_one_arm_a_frame_leaves_by_the_device_that_it_came_in_by_and_does_not_come_back()
    {
        using var net = new TappedNet();
        net.Serve();
        for (ushort i = 0; i < 50; i++)
        {
            net.ClientWire.Send(SteeredNet.ToVip(i));
            Assert.Equal(1, net.Pump(1, SteeredNet.Hairpin));
        }

        Assert.Equal(50, net.ClientWire.Collect(50, SteeredNet.IsToVip).Count);
        Assert.Equal(0, net.Port.Receive(new FrameBatch()));
    }

    [KernelFact]
    public void The_host_never_answers_for_an_armed_vip_served_or_not_and_answers_again_once_it_is_disarmed()
    {
        using var net = new TappedNet();
        Assert.NotNull(Answer(net));
        net.Arm();
        Assert.Null(Answer(net));
        net.Open();
        Assert.Null(Answer(net));
        Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
        net.Port.Dispose();
        Assert.Null(Answer(net));
        Assert.Equal(3ul, net.Front.Counts()[SteeringCounter.Redirected]);
        net.Steering.Vips.Disarm(SteeredNet.Vip.Address);
        Assert.NotNull(Answer(net));
    }

    [KernelFact]
    public void Who_holds_the_link_keeps_the_shield_up_when_the_steering_is_gone()
    {
        using var net = new TappedNet();
        net.Arm();
        var index = net.Front.Device.Index;
        var held = FileDescriptor.DuplicateOf(net.Front.LinkHandle!.Value);
        net.Steering.Dispose();
        Assert.True(NamespaceThread.Run(net.Director, () => TappedDevice.IsShielded(index)));
        Assert.Null(Answer(net));
        held.Dispose();
        Assert.False(NamespaceThread.Run(net.Director, () => TappedDevice.IsShielded(index)));
        Assert.NotNull(Answer(net));
    }

    [KernelFact]
    public void On_a_kernel_without_links_a_filter_is_the_shield_and_a_second_one_takes_its_place()
    {
        using var net = new TappedNet();
        net.Steering.Dispose();
        using var vips = VipMap.Create(4);
        using var services = BpfMap<SteeringKey, uint>.Create(BpfMapType.Hash, "test_svcs", 4);
        services.Set(new(SteeredNet.UdpService), 1);
        vips.Arm(SteeredNet.Vip.Address);
        var first = Shield();
        Assert.Null(first.LinkHandle);
        Assert.Null(Answer(net));
        var second = Shield();
        Assert.Single(Filters(), line => line.Contains(ShieldProgram.Name, StringComparison.Ordinal));
        Assert.Null(Answer(net));
        NamespaceThread.Run(net.Director, second.Dispose);
        Assert.Empty(Filters());
        Assert.NotNull(Answer(net));
        NamespaceThread.Run(net.Director, first.Dispose);

        TappedDevice Shield() => NamespaceThread.Run(net.Director,
            () => TappedDevice.Attach(XdpDevice.Open("eth0"), 0, vips.Handle, services.Descriptor, preferFilter: true));

        IEnumerable<string> Filters() => net.Director.Run("tc", "filter", "show", "dev", "eth0", "ingress")
            .Split('\n').Where(line => line.Contains("direct-action", StringComparison.Ordinal));
    }

    [KernelFact]
    public void Frames_that_are_not_steered_are_the_hosts_alone()
    {
        using var net = new TappedNet();
        net.Serve();
        var other = new Endpoint(SteeredNet.Vip.Address, 81);
        net.ClientWire.Send(TestFrame.Udp(SteeredNet.FrontMac, SteeredNet.ClientMac, SteeredNet.ClientPoint, other));
        Assert.NotNull(AnswerSeen(net));
        Assert.Equal(0, net.Port.Receive(new FrameBatch()));
        Assert.Equal(0, net.Port.Statistics.Sockets.Sum(socket => socket.Tapped));
    }

    [KernelFact]
    public void The_host_gets_the_packet_without_the_ethernet_header()
    {
        using var net = new TappedNet();
        var host = new RecordingHost();
        net.Serve(host: host);
        var frame = SteeredNet.ToVip(7);
        net.ClientWire.Send(frame);
        net.Pump(1, (batch, index) => batch[index].Verdict = Verdict.ToHost);
        Assert.Equal(frame[TestFrame.Ip..], Assert.Single(host.Packets));
        Assert.Equal(1, net.Port.Statistics.ToHost);
    }

    [KernelFact]
    public void A_full_ring_drops_and_counts_and_goes_on()
    {
        using var net = new TappedNet();
        net.Serve(new PacketOptions { RingEntries = 64 });
        for (ushort i = 0; i < 100; i++) net.ClientWire.Send(SteeredNet.ToVip(i));
        // The batch is larger than the ring: a slot that it holds must not be taken for a new frame.
        Assert.Equal(64, net.Pump(64, SteeredNet.ToServer, batchFrames: 256));
        Assert.Equal(36, net.Port.Statistics.Sockets[0].RingFull);
        net.ClientWire.Send(SteeredNet.ToVip(200));
        Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
        Assert.Equal(65, net.ServerWire.Collect(65, SteeredNet.IsToVip).Count);
    }

    [KernelFact]
    public void A_device_that_is_down_costs_its_own_frames_only_and_works_again_when_it_is_up()
    {
        using var net = new TappedNet();
        net.Serve();
        net.Director.Ip("link", "set", "eth1", "down");
        for (ushort i = 0; i < 20; i++) net.ClientWire.Send(SteeredNet.ToVip(i));
        Assert.Equal(20, net.Pump(20, SteeredNet.ToServer));
        var back = net.Port.Statistics.Sockets[1];
        Assert.Equal((0, 20), (back.Transmitted, back.TransmitRefused));
        Assert.Equal("Network is down (ENETDOWN)", back.LastRefusal);
        // The socket's own error is heard once, and does not end every wait from then on.
        net.Port.Wait(TimeSpan.Zero);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        net.Port.Wait(TimeSpan.FromMilliseconds(50));
        Assert.True(waited.ElapsedMilliseconds >= 45, $"waited {waited.ElapsedMilliseconds} ms");

        net.Director.Ip("link", "set", "eth1", "up");
        net.ClientWire.Send(SteeredNet.ToVip(99));
        Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
        Assert.Single(net.ServerWire.Collect(1, SteeredNet.IsToVip));

        net.Director.Ip("link", "set", "eth0", "down");
        net.Director.Ip("link", "set", "eth0", "up");
        net.ClientWire.Send(SteeredNet.ToVip(100));
        Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
    }

    [KernelTheory]
    [InlineData(2, 2)]
    [InlineData(1, 3)]
    public void Of_several_workers_each_frame_comes_to_one_and_a_flow_to_the_same(int queues, int workers)
    {
        using var net = new TappedNet(queues);
        var ports = net.Open(workers);
        net.Arm();
        const int Flows = 64;
        for (var round = 0; round < 3; round++)
            for (var flow = 0; flow < Flows; flow++)
                net.ClientWire.Send(TestFrame.Udp(SteeredNet.FrontMac, SteeredNet.ClientMac,
                    new(SteeredNet.ClientPoint.Address, (ushort)(40000 + flow)), SteeredNet.Vip, tag: (ushort)flow));
        var batch = new FrameBatch(512);
        var seen = new List<(int Worker, int Flow)>();
        for (var worker = 0; worker < workers; worker++)
        {
            ports[worker].Receive(batch);
            for (var i = 0; i < batch.Count; i++)
                seen.Add((worker, BinaryPrimitives.ReadUInt16BigEndian(batch.Frame(i)[(TestFrame.Transport + UdpHeader.Size)..])));
            ports[worker].Commit(batch);
        }

        Assert.Equal(3 * Flows, seen.Count);
        // By queue a flow stays as it does at the sender, which is not the port's to say; by hash it stays.
        if (workers <= queues) return;
        Assert.All(seen.GroupBy(frame => frame.Flow), flow => Assert.Single(flow.Select(frame => frame.Worker).Distinct()));
        Assert.Equal(workers, seen.Select(frame => frame.Worker).Distinct().Count());
    }

    [KernelFact]
    public void A_checksum_that_the_sender_left_to_the_hardware_is_completed()
    {
        using var net = new TappedNet(offloads: true);
        net.Serve();
        SendFromClient(net, new byte[777], segment: 0);
        Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
        AssertRight(Assert.Single(net.ServerWire.Collect(1, SteeredNet.IsToVip)), 777);
        Assert.Equal(1, net.Port.Statistics.Sockets[0].ChecksumsCompleted);
    }

    [KernelTheory]
    [InlineData(20_000, 1000, 20, 64)]
    [InlineData(20_500, 1000, 21, 7)]
    [InlineData(1_500, 800, 2, 64)]
    public void A_super_frame_leaves_as_the_frames_that_a_wire_would_have_carried(int bytes, int segment, int frames, int batchFrames)
    {
        using var net = new TappedNet(offloads: true);
        net.Serve();
        var payload = new byte[bytes];
        new Random(3).NextBytes(payload);
        SendFromClient(net, payload, segment);
        Assert.Equal(frames, net.Pump(frames, SteeredNet.ToServer, batchFrames));
        var arrived = net.ServerWire.Collect(frames, SteeredNet.IsToVip);
        Assert.Equal(frames, arrived.Count);
        for (var i = 0; i < frames; i++) AssertRight(arrived[i], Math.Min(segment, bytes - (i * segment)));
        Assert.Equal(payload, arrived.SelectMany(frame => frame[(TestFrame.Transport + UdpHeader.Size)..]));
        Assert.Equal(1, net.Port.Statistics.Sockets[0].SuperFrames);
        Assert.All(net.Port.Lanes, lane => Assert.Equal(0, lane.Held));
    }

    [KernelFact]
    public void A_bridge_is_served_as_any_device()
    {
        using var net = new TappedNet();
        net.Steering.Dispose();
        net.Director.Ip("link", "add", "br0", "type", "bridge");
        net.Director.Ip("link", "set", "eth0", "master", "br0");
        net.Director.Ip("link", "set", "br0", "address", SteeredNet.FrontMac.ToString(), "up");
        using var steering = Steering.Create();
        using var port = NamespaceThread.Run(net.Director, () =>
        {
            foreach (var device in new[] { "br0", "eth1" }) steering.Tap(XdpDevice.Open(device));
            return PacketPort.Open(steering.Taps, 1, new PacketOptions(), new RecordingHost());
        });
        steering.Steer([SteeredNet.UdpService]);
        steering.Vips.Arm(SteeredNet.Vip.Address);

        Assert.Null(Answer(net));
        var batch = new FrameBatch();
        Assert.Equal(1, port.Receive(batch));
        SteeredNet.ToServer(batch, 0);
        port.Commit(batch);
        Assert.Single(net.ServerWire.Collect(1, SteeredNet.IsToVip));
    }

    [KernelFact]
    public void Jumbo_frames_pass_whole()
    {
        using var net = new TappedNet(mtu: 9000);
        net.Serve();
        var frame = SteeredNet.ToVip(1, payload: 8900);
        net.ClientWire.Send(frame);
        Assert.Equal(1, net.Pump(1, SteeredNet.ToServer));
        Assert.Equal(frame[TestFrame.Ip..], Assert.Single(net.ServerWire.Collect(1, SteeredNet.IsToVip))[TestFrame.Ip..]);
    }

    [KernelFact]
    public unsafe void A_tag_that_the_stack_took_out_of_a_frame_is_in_it_again()
    {
        using var net = new TappedNet();
        net.Serve();
        var code = new Assembler();
        code.Move(BpfRegister.R0, -1);
        code.Exit();
        using var everything = BpfProgram.Load("test_all", code.Assemble(), BpfProgramType.SocketFilter);
        var filter = everything.Descriptor;
        Assert.Equal(0, LibC.setsockopt(
            net.Port.Lanes[0].Ring.PollDescriptor, LibC.SOL_SOCKET, PacketAbi.SO_ATTACH_BPF, &filter, sizeof(int)));
        var frame = SteeredNet.ToVip(5);
        byte[] tagged = [.. frame[..12], 0x81, 0x00, 0x60, 0x2a, .. frame[12..]];
        net.ClientWire.Send(tagged);
        byte[]? seen = null;
        net.Pump(1, (batch, index) =>
        {
            seen = batch.Frame(index).ToArray();
            batch[index].Verdict = Verdict.Drop;
        });
        Assert.Equal(tagged, seen);
    }

    [KernelFact]
    public void A_port_allocates_nothing_for_a_frame()
    {
        using var net = new TappedNet();
        net.Serve();
        var batch = new FrameBatch();
        for (ushort i = 0; i < 50; i++) net.ClientWire.Send(SteeredNet.ToVip(i));
        Turn();
        for (ushort i = 0; i < 50; i++) net.ClientWire.Send(SteeredNet.ToVip(i));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var received = Turn();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(50, received);

        int Turn()
        {
            net.Port.Wait(TimeSpan.FromSeconds(1));
            var count = net.Port.Receive(batch);
            for (var i = 0; i < count; i++) SteeredNet.ToServer(batch, i);
            net.Port.Commit(batch);
            return count;
        }
    }

    [Fact]
    public void Rings_of_odd_sizes_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketOptions { RingEntries = 1000 }.Validate());

    // What the host of a VIP says to a datagram that nobody there waits for: ICMP port unreachable, type 3.
    private static byte[]? Answer(TappedNet net)
    {
        net.ClientWire.Send(SteeredNet.ToVip());
        return AnswerSeen(net);
    }

    private static byte[]? AnswerSeen(TappedNet net)
    {
        while (net.ClientWire.Receive(Patience) is { } frame)
        {
            var isAnswer = Ipv4Header.TryRead(frame.AsSpan(TestFrame.Ip), out var ip)
                && ip.Protocol == IpProtocol.Icmp && ip.Source == SteeredNet.Vip.Address;
            if (isAnswer) return frame;
        }

        return null;
    }

    private static void SendFromClient(TappedNet net, byte[] payload, int segment) => NamespaceThread.Run(net.Client, () =>
    {
        const int SOL_UDP = 17;
        const int UDP_SEGMENT = 103;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        if (segment > 0) socket.SetRawSocketOption(SOL_UDP, UDP_SEGMENT, BitConverter.GetBytes(segment));
        var vip = new IPEndPoint(IPAddress.Parse(SteeredNet.Vip.Address.ToString()), SteeredNet.Vip.Port);
        Assert.Equal(payload.Length, socket.SendTo(payload, vip));
    });

    private static void AssertRight(byte[] frame, int payload)
    {
        Assert.Equal(TestFrame.Transport + UdpHeader.Size + payload, frame.Length);
        var ip = frame.AsSpan(TestFrame.Ip);
        Assert.Equal(0, Checksum.Compute(ip[..Ipv4Header.MinSize]));
        Assert.Equal(frame.Length - TestFrame.Ip, BinaryPrimitives.ReadUInt16BigEndian(ip[2..]));
        var udp = frame.AsSpan(TestFrame.Transport);
        var pseudo = Checksum.PseudoHeaderV4(BinaryPrimitives.ReadUInt32BigEndian(ip[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(ip[16..]), IpProtocol.Udp, udp.Length);
        Assert.Equal(0, Checksum.Finish(Checksum.Add(udp, pseudo)));
        Assert.NotEqual(0, BinaryPrimitives.ReadUInt16BigEndian(udp[6..]));
    }

    private static byte[] Tagged(byte[] frame, int tag) => [.. frame[..12], 0x81, 0x00, (byte)(tag >> 8), (byte)tag, .. frame[12..]];
}
