using System.Globalization;
using Director.Datapath;
using Director.Datapath.Ports;
using Director.Linux.Abi;
using Director.Linux.Xdp;

namespace Director.Tests.Linux.Xdp;

/// <summary>The port with two sockets whose kernel is the test.</summary>
public sealed class XskPortTests : IDisposable
{
    private const int Ring = 16;

    private readonly Umem _umem = Umem.Create(2 * 2 * Ring + 64);
    private readonly FakeSocket[] _sockets;
    private readonly RecordingHost _host = new();
    private readonly FrameBatch _batch = new(8);
    private readonly XskPort _port;
    private int _left;

    public XskPortTests()
    {
        _sockets = [new(_umem, 0, Ring, uint.MaxValue - 5), new(_umem, 1, Ring)];
        _port = new XskPort(_umem, _sockets, _host, () => _left++);
    }

    [Fact]
    public void A_frame_is_forwarded_by_the_other_device_where_it_lies()
    {
        var frame = Frame(1);
        Assert.True(_sockets[0].Arrive(frame));
        Assert.Equal(1, _port.Receive(_batch));
        Assert.Equal(frame, _batch.Frame(0).ToArray());
        Assert.Equal((ushort)0, _batch[0].Ingress);
        Assert.Equal(XdpLimits.FrameSize - XdpAbi.XDP_PACKET_HEADROOM, _batch[0].Capacity);
        _batch.Frame(0)[0] = 0xee;
        (_batch[0].Verdict, _batch[0].Egress) = (Verdict.Forward, 1);
        _port.Commit(_batch);
        Assert.Equal(0, _batch.Count);
        frame[0] = 0xee;
        Assert.Equal(frame, Assert.Single(_sockets[1].Sent));
        Assert.Empty(_sockets[0].Sent);
        AssertNoFrameLost();
        _sockets[1].Complete(1);
        _port.Receive(_batch);
        Assert.Equal(0, _port.Lanes[1].Outstanding);
        AssertNoFrameLost();
    }

    [Fact]
    public void Each_verdict_settles_its_frame()
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            Assert.True(_sockets[0].Arrive(Frame((byte)verdict)));
            Assert.Equal(1, _port.Receive(_batch));
            (_batch[0].Verdict, _batch[0].Egress) = (verdict, 1);
            _port.Commit(_batch);
        }

        Assert.Equal((byte)Verdict.Forward, Assert.Single(_sockets[1].Sent)[20]);
        Assert.Equal((byte)Verdict.Reply, Assert.Single(_sockets[0].Sent)[20]);
        var packet = Assert.Single(_host.Packets);
        Assert.Equal(Frame((byte)Verdict.ToHost)[14..], packet);
        var statistics = _port.Statistics;
        Assert.Equal((2L, 1L, 0L, 0L), (statistics.Dropped, statistics.ToHost, statistics.ToHostRefused, statistics.Unsendable));
        AssertNoFrameLost();
    }

    [Fact]
    public void What_the_host_does_not_take_is_counted_and_the_frame_comes_back()
    {
        _host.Takes = false;
        ReceiveOne(0);
        _batch[0].Verdict = Verdict.ToHost;
        _port.Commit(_batch);
        Assert.Equal(1, _port.Statistics.ToHostRefused);
        AssertNoFrameLost();
    }

    [Fact]
    public void A_full_transmit_ring_drops_and_counts_and_asks_the_kernel_twice_a_batch_not_once_a_frame()
    {
        _sockets[1].FramesPerKick = 0;
        for (var sent = 0; sent < 3 * Ring; sent += 8)
        {
            for (var i = 0; i < 8; i++) Assert.True(_sockets[0].Arrive(Frame(1)));
            Assert.Equal(8, _port.Receive(_batch));
            Forward(egress: 1);
        }

        Assert.Equal(2 * Ring, _port.Statistics.Sockets[1].TransmitFull);
        Assert.Equal(Ring, _port.Lanes[1].Outstanding);
        Assert.True(_sockets[1].Kicks <= 8);
        AssertNoFrameLost();

        _sockets[1].FramesPerKick = int.MaxValue;
        _port.Wait(TimeSpan.Zero);
        Assert.Equal(Ring, _sockets[1].Sent.Count);
        _sockets[1].Complete(Ring);
        _port.Receive(_batch);
        Assert.Equal(0, _port.Lanes[1].Outstanding);
        AssertNoFrameLost();
    }

    [Fact]
    public void Room_made_within_a_batch_is_used()
    {
        for (var i = 0; i < Ring; i += 8)
        {
            for (var j = 0; j < 8; j++) Assert.True(_sockets[0].Arrive(Frame(1)));
            Assert.Equal(8, _port.Receive(_batch));
            Forward(egress: 1);
        }

        Assert.Equal(Ring, _port.Lanes[1].Outstanding);
        ReceiveOne(0);
        _sockets[1].Complete(Ring);
        Forward(egress: 1);
        Assert.Equal(0, _port.Statistics.Sockets[1].TransmitFull);
        Assert.Equal(Ring + 1, _sockets[1].Sent.Count);
    }

    [Fact]
    public void A_kick_that_is_not_answered_is_repeated()
    {
        _sockets[1].FramesPerKick = 0;
        ReceiveOne(0);
        Forward(egress: 1);
        Assert.Empty(_sockets[1].Sent);
        _sockets[1].FramesPerKick = 1;
        for (var i = 0; i < 100; i++) _port.Receive(_batch);
        Assert.Single(_sockets[1].Sent);
    }

    [Fact]
    public void A_device_that_is_down_is_named()
    {
        (_sockets[1].FramesPerKick, _sockets[1].Answer) = (0, Errno.ENETDOWN);
        ReceiveOne(0);
        Forward(egress: 1);
        Assert.Equal(1, _port.Statistics.Sockets[1].KicksRefused);
        Assert.Equal("Network is down (ENETDOWN)", _port.Statistics.Sockets[1].LastKickRefusal);
    }

    [Theory]
    [InlineData(5ul * XdpLimits.FrameSize)]
    [InlineData(1_000_000_000ul)]
    [InlineData(ulong.MaxValue)]
    public void A_completion_of_a_frame_that_was_not_sent_is_refused(ulong address)
    {
        ReceiveOne(0);
        Forward(egress: 1);
        var free = _port.Frames.Free;
        _sockets[0].CompleteForged(address);
        _sockets[1].CompleteForged(address);
        _port.Receive(_batch);
        Assert.Equal(1, _port.Statistics.Sockets[0].RefusedAddresses);
        Assert.Equal(1, _port.Statistics.Sockets[1].RefusedAddresses);
        Assert.True(_port.Frames.Free <= free);
        AssertNoFrameLost();
    }

    [Fact]
    public void A_frame_completed_twice_or_by_another_socket_is_given_back_once()
    {
        ReceiveOne(0);
        var address = (ulong)(uint)_batch[0].Token * XdpLimits.FrameSize;
        Forward(egress: 1);
        _sockets[0].CompleteForged(address);
        _port.Receive(_batch);
        Assert.Equal(1, _port.Lanes[1].Outstanding);
        _sockets[1].CompleteForged(address);
        _sockets[1].CompleteForged(address);
        _port.Receive(_batch);
        Assert.Equal(0, _port.Lanes[1].Outstanding);
        Assert.Equal((1L, 1L), (_port.Statistics.Sockets[0].RefusedAddresses, _port.Statistics.Sockets[1].RefusedAddresses));
        AssertNoFrameLost();
    }

    [Theory]
    [InlineData(ulong.MaxValue, 60)]
    [InlineData(1ul << 40, 60)]
    public void A_received_address_outside_the_memory_is_refused(ulong address, int length)
    {
        _sockets[0].Announce(address, length);
        Assert.Equal(0, _port.Receive(_batch));
        Assert.Equal(1, _port.Statistics.Sockets[0].RefusedAddresses);
        AssertNoFrameLost();
    }

    [Fact]
    public void A_received_frame_that_the_socket_was_not_given_is_refused()
    {
        ReceiveOne(0);
        var address = (ulong)(uint)_batch[0].Token * XdpLimits.FrameSize;
        _sockets[0].Announce(address, 60);
        _sockets[1].Announce(address, 60);
        var again = new FrameBatch();
        Assert.Equal(0, _port.Receive(again));
        Assert.Equal((1L, 1L), (_port.Statistics.Sockets[0].RefusedAddresses, _port.Statistics.Sockets[1].RefusedAddresses));
        Assert.Equal(1, _port.Frames.CountOf(FrameOwner.Batch));
    }

    [Fact]
    public void A_received_length_beyond_the_frame_is_refused_and_the_frame_comes_back()
    {
        var first = Enumerable.Range(0, _umem.Frames)
            .First(frame => _port.Frames.TryMove((ulong)frame, FrameOwner.Receive(0), FrameOwner.Receive(0)));
        _sockets[0].Announce((ulong)first * XdpLimits.FrameSize + 256, XdpLimits.FrameSize - 255);
        Assert.Equal(0, _port.Receive(_batch));
        Assert.Equal(1, _port.Statistics.Sockets[0].RefusedAddresses);
        AssertNoFrameLost();
    }

    [Fact]
    public void A_frame_without_room_for_a_tag_in_front_is_refused_and_comes_back()
    {
        var first = Enumerable.Range(0, _umem.Frames)
            .First(frame => _port.Frames.TryMove((ulong)frame, FrameOwner.Receive(0), FrameOwner.Receive(0)));
        _sockets[0].Announce((ulong)first * XdpLimits.FrameSize + DatapathLimits.FrameHeadroom - 1, 60);
        Assert.Equal(0, _port.Receive(_batch));
        Assert.Equal(1, _port.Statistics.Sockets[0].RefusedAddresses);
        AssertNoFrameLost();
    }

    [Fact]
    public void A_frame_may_begin_before_where_it_was_received_by_as_much_as_a_tag()
    {
        ReceiveOne(0);
        ref var slot = ref _batch[0];
        slot.MoveStart(-DatapathLimits.FrameHeadroom);
        (slot.Verdict, slot.Egress) = (Verdict.Forward, 1);
        var expected = _batch.Frame(0).ToArray();
        _port.Commit(_batch);
        Assert.Equal(expected, Assert.Single(_sockets[1].Sent));
    }

    [Fact]
    public void Of_a_tagged_frame_the_host_gets_the_packet()
    {
        byte[] frame = [.. Frame(1)[..12], 0x81, 0, 0, 20, 8, 0, 0x45, 1, 2, 3];
        Assert.True(_sockets[0].Arrive(frame));
        _port.Receive(_batch);
        _batch[0].Verdict = Verdict.ToHost;
        _port.Commit(_batch);
        Assert.Equal([0x45, 1, 2, 3], Assert.Single(_host.Packets));
    }

    [Fact]
    public void An_index_that_cannot_be_stops_that_ring_only()
    {
        _sockets[0].CorruptRxIndex();
        Assert.True(_sockets[1].Arrive(Frame(1)));
        Assert.Equal(1, _port.Receive(_batch));
        Assert.Equal((ushort)1, _batch[0].Ingress);
        Assert.Equal(1, _port.Statistics.Sockets[0].RefusedAddresses);
    }

    [Theory]
    [InlineData(2, 60)]
    [InlineData(1, 13)]
    [InlineData(1, XdpLimits.FrameSize - XdpAbi.XDP_PACKET_HEADROOM + 1)]
    [InlineData(1, -1)]
    public void What_cannot_be_sent_is_counted_and_comes_back(int egress, int length)
    {
        ReceiveOne(0);
        (_batch[0].Verdict, _batch[0].Egress, _batch[0].Length) = (Verdict.Forward, (ushort)egress, length);
        _port.Commit(_batch);
        Assert.Equal(1, _port.Statistics.Unsendable);
        AssertNoFrameLost();
    }

    [Fact]
    public void A_longer_frame_may_be_built_in_the_room_in_front()
    {
        ReceiveOne(0);
        _batch[0].Address -= 20;
        _batch[0].Length += 20;
        Forward(egress: 1);
        Assert.Equal(80, Assert.Single(_sockets[1].Sent).Length);
        ReceiveOne(0);
        _batch[0].Address -= 257;
        Forward(egress: 1);
        Assert.Equal(1, _port.Statistics.Unsendable);
        AssertNoFrameLost();
    }

    [Fact]
    public void A_driver_that_ran_out_of_frames_is_told_when_there_are_new_ones()
    {
        _sockets[0].FillNeedsWakeup = true;
        ReceiveOne(0);
        Assert.Equal(1, _sockets[0].ReceiveKicks);
        Assert.Equal(0, _sockets[1].ReceiveKicks);
    }

    [Fact]
    public void Devices_take_turns_when_more_waits_than_a_batch_holds()
    {
        for (var i = 0; i < 12; i++)
        {
            Assert.True(_sockets[0].Arrive(Frame(0)));
            Assert.True(_sockets[1].Arrive(Frame(1)));
        }

        var first = new int[2];
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(8, _port.Receive(_batch));
            first[_batch[0].Ingress]++;
            _port.Commit(_batch);
        }

        Assert.All(first, count => Assert.True(count > 0));
    }

    [Fact]
    public void A_wake_ends_the_next_wait()
    {
        _port.Wake();
        // Without the wake-up the test would hang here until the runner gives up.
        _port.Wait(TimeSpan.FromHours(1));
    }

    [Fact]
    public void Disposing_leaves_the_devices_once()
    {
        ReceiveOne(0);
        _port.Commit(_batch);
        _port.Dispose();
        _port.Dispose();
        Assert.Equal(1, _left);
        _port.Wake();
        Assert.Equal(1, _port.Statistics.Dropped);
    }

    [Fact]
    public void Receiving_and_settling_allocates_nothing()
    {
        for (var round = 0; round < 2000; round++) Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 2000; round++)
        {
            _sockets[1].Sent.Clear();
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round()
        {
            _sockets[0].Arrive(Same);
            _port.Receive(_batch);
            for (var i = 0; i < _batch.Count; i++) _batch[i].Verdict = Verdict.Drop;
            _port.Commit(_batch);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_no_frame_is_lost_or_had_by_two(int seed)
    {
        var random = new Random(seed);
        var verdicts = Enum.GetValues<Verdict>();
        for (var round = 0; round < 20_000; round++)
        {
            var socket = _sockets[random.Next(2)];
            switch (random.Next(12))
            {
                case < 4: for (var i = random.Next(10); i > 0; i--) socket.Arrive(Frame((byte)i)); break;
                case 4 or 5: socket.Complete(random.Next(2 * Ring)); break;
                case 6: socket.FramesPerKick = random.Next(3) == 0 ? int.MaxValue : random.Next(6); break;
                case 7: _host.Takes = random.Next(2) == 0; break;
                case 8: _port.Wait(TimeSpan.Zero); break;
                case 9 when random.Next(8) == 0 && socket.InFlight == 0:
                    socket.CompleteForged((ulong)random.NextInt64() % (_umem.Length * 2) | 1); break;
                default:
                    _port.Receive(_batch);
                    for (var i = 0; i < _batch.Count; i++)
                        (_batch[i].Verdict, _batch[i].Egress) = (verdicts[random.Next(verdicts.Length)], (ushort)random.Next(3));
                    _port.Commit(_batch);
                    break;
            }

            foreach (var one in _sockets) one.Sent.Clear();
            _host.Packets.Clear();
            if (Missing() is var missing && missing != 0)
                Assert.Fail(string.Create(CultureInfo.InvariantCulture,
                    $"seed {seed} round {round}: {missing} frames are not accounted for"));
        }
    }

    public void Dispose() => _port.Dispose();

    private static readonly byte[] Same = Frame(9);

    private static byte[] Frame(byte mark)
    {
        var frame = new byte[60];
        frame[20] = mark;
        return frame;
    }

    private void ReceiveOne(int socket)
    {
        Assert.True(_sockets[socket].Arrive(Frame(1)));
        Assert.Equal(1, _port.Receive(_batch));
    }

    private void Forward(ushort egress)
    {
        for (var i = 0; i < _batch.Count; i++) (_batch[i].Verdict, _batch[i].Egress) = (Verdict.Forward, egress);
        _port.Commit(_batch);
    }

    private void AssertNoFrameLost() => Assert.Equal(0, Missing());

    // Each place counted on its own, by the table and by the lanes' own counts.
    private int Missing()
    {
        var known = _port.Frames.Free + _port.Frames.CountOf(FrameOwner.Batch);
        Assert.Equal(_port.Frames.Free, _port.Frames.CountOf(FrameOwner.Nobody));
        foreach (var lane in _port.Lanes)
        {
            Assert.Equal(lane.Posted, _port.Frames.CountOf(FrameOwner.Receive(lane.Number)));
            Assert.Equal(lane.Outstanding, _port.Frames.CountOf(FrameOwner.Transmit(lane.Number)));
            known += lane.Posted + lane.Outstanding;
        }

        return _port.Frames.Frames - known;
    }
}
