using System.Globalization;
using Director.Datapath;
using Director.Datapath.Ports;
using Director.Linux.Abi;
using Director.Net.Wire;
using Tmds.Linux;

namespace Director.Linux.Xdp;

/// <summary>
/// One worker's way to its devices by AF_XDP: a UMEM of its own and, for each queue that it serves, a socket. Frames stay where they were
/// received: forwarding one by another device hands its address from one ring to another, no byte is copied here.
/// <code>
///   free ─► fill ─► (kernel) ─► RX ─► batch ─► TX ─► (kernel) ─► completion ─► free
///                                       └──── drop, to the host ────────────► free
/// </code>
/// Each frame is in one of these places, and what the kernel hands back is believed only if it is in a place from where it can come.
/// </summary>
public sealed unsafe class XskPort : IFramePort
{
    private const int RetryMilliseconds = 1;

    private readonly Umem _umem;
    private readonly FrameOwnership _frames;
    private readonly XskLane[] _lanes;
    private readonly XskLane?[] _laneOfDevice;
    private readonly IHostPort _host;
    private readonly Action _leave;
    private readonly WakeSignal _wake = new();
    private readonly pollfd[] _polled;
    private readonly PortCounters _counters = new();
    private int _next;
    private bool _disposed;

    /// <summary>Makes a port over sockets that are open; all of them, and the UMEM, are its own from now on.</summary>
    /// <param name="umem">Where the sockets' frames live.</param>
    /// <param name="sockets">At least one.</param>
    /// <param name="host">Where <see cref="Verdict.ToHost"/> goes.</param>
    /// <param name="leave">Called first when the port is disposed.</param>
    internal XskPort(Umem umem, IReadOnlyList<IXskSocket> sockets, IHostPort host, Action leave)
    {
        (_umem, _host, _leave) = (umem, host, leave);
        _frames = new(umem.Frames);
        _lanes = [.. sockets.Select((socket, number) => new XskLane(socket, number, _frames))];
        _laneOfDevice = new XskLane?[sockets.Max(socket => socket.Device) + 1];
        foreach (var lane in _lanes) _laneOfDevice[lane.Device] ??= lane;

        _polled = [Polled(_wake.Handle), .. _lanes.Select(lane => Polled(lane.Socket.PollDescriptor))];
        foreach (var lane in _lanes) lane.Refill();

        static pollfd Polled(int descriptor) => new() { fd = descriptor, events = LibC.POLLIN };
    }

    /// <summary>
    /// What the port has done so far, and the kernel's counters of its sockets. Any thread; costs a system call a socket.
    /// </summary>
    public XskPortStatistics Statistics =>
        new(_counters, _umem.HugePages, _frames.Frames, _frames.Free, [.. _lanes.Select(XskSocketStatistics.Of)]);

    /// <summary>The most workers that these devices can feed: each needs a queue of each device to receive from and to send by.</summary>
    public static int MaxWorkers(IReadOnlyList<SteeredDevice> devices) => devices.Min(device => device.Device.RxQueues);

    /// <summary>Bytes of frame memory that <paramref name="workers"/> ports with <paramref name="sockets"/> sockets in all lock.</summary>
    public static ulong LockedBytes(int sockets, int workers, XskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (ulong)FramesOf(sockets, workers, options) * XdpLimits.FrameSize;
    }

    /// <summary>
    /// Opens worker <paramref name="worker"/>'s port, in the network namespace of the calling thread, and has the devices' frames come to
    /// it. The worker serves every <paramref name="workers"/>th queue of each device, starting at its own number.
    /// </summary>
    /// <param name="devices">All devices, in the order of <see cref="Steering.Devices"/>.</param>
    /// <param name="worker">0 to <paramref name="workers"/> - 1.</param>
    /// <param name="workers">1 to <see cref="MaxWorkers"/>.</param>
    /// <param name="options">Ring sizes and copy mode.</param>
    /// <param name="host">Where packets go that are the host's after all.</param>
    /// <exception cref="LinuxException">The kernel refused: the call, the device, and what to do.</exception>
    public static XskPort Open(IReadOnlyList<SteeredDevice> devices, int worker, int workers, XskOptions options, IHostPort host)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(host);
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfZero(devices.Count, nameof(devices));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, MaxWorkers(devices));
        ArgumentOutOfRangeException.ThrowIfNegative(worker);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(worker, workers);
        var queues = devices.SelectMany(device => QueuesOf(device, worker, workers).Select(queue => (Device: device, Queue: queue)))
            .ToList();
        if (queues.Count > XdpLimits.MaxSockets)
        {
            var subject = string.Create(CultureInfo.InvariantCulture, $"{queues.Count} queues for one worker");
            var remedy = string.Create(CultureInfo.InvariantCulture,
                $"at most {XdpLimits.MaxSockets}: more workers, or fewer queues (`ethtool -L`)");
            throw new LinuxException("socket(AF_XDP)", subject, Errno.E2BIG, remedy);
        }

        using var undo = new Undo();
        var umem = undo.Add(Umem.Create(FramesOf(queues.Count, 1, options)));
        var sockets = new List<XskSocket>();
        foreach (var (device, queue) in queues)
            sockets.Add(undo.Add(XskSocket.Open(umem, device.Device, device.Number, queue, options, sockets.FirstOrDefault())));
        var port = undo.Add(new XskPort(umem, sockets, host, Leave));
        for (var i = 0; i < sockets.Count; i++) queues[i].Device.Serve(queues[i].Queue, sockets[i].PollDescriptor);
        undo.Keep();
        return port;

        void Leave()
        {
            foreach (var (device, queue) in queues) device.StopServing(queue);
        }
    }

    /// <inheritdoc/>
    public int Receive(FrameBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var lane in _lanes) lane.Reap();
        for (var i = 0; i < _lanes.Length; i++)
        {
            ReceiveFrom(_lanes[_next], batch);
            _next = _next + 1 == _lanes.Length ? 0 : _next + 1;
        }

        // Who was served first is served last the next time.
        _next = _next + 1 == _lanes.Length ? 0 : _next + 1;
        foreach (var lane in _lanes) lane.Refill();
        return batch.Count;
    }

    /// <inheritdoc/>
    public void Commit(FrameBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var i = 0; i < batch.Count; i++)
        {
            ref var slot = ref batch[i];
            switch (slot.Verdict)
            {
                case Verdict.Forward:
                    Send(ref slot, slot.Egress);
                    break;
                case Verdict.Reply:
                    Send(ref slot, slot.Ingress);
                    break;
                case Verdict.ToHost:
                    HandToHost(ref slot);
                    break;
                default:
                    _counters.Dropped++;
                    Recycle(slot.Token);
                    break;
            }
        }

        batch.Clear();
        foreach (var lane in _lanes) lane.Flush();
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout)
    {
        var milliseconds = timeout <= TimeSpan.Zero ? 0 : (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
        foreach (var lane in _lanes)
        {
            if (lane.Socket.Tx.Untaken == 0) continue;
            lane.Kick();
            if (lane.Socket.Tx.Untaken > 0) milliseconds = Math.Min(milliseconds, RetryMilliseconds);
        }

        fixed (pollfd* polled = _polled)
        {
            if (Libc.Poll(polled, (nuint)_polled.Length, milliseconds) > 0 && polled[0].revents != 0) _wake.Reset();
        }
    }

    /// <inheritdoc/>
    public void Wake() => _wake.Signal();

    /// <summary>
    /// Leaves the devices: what would be steered to these queues is dropped from now on. The worker has stopped;
    /// frames in the rings are lost.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _leave();
        foreach (var lane in _lanes) lane.Socket.Dispose();
        _umem.Dispose();
        _wake.Dispose();
    }

    /// <summary>The lanes, for tests.</summary>
    internal IReadOnlyList<XskLane> Lanes => _lanes;

    /// <summary>Who has which frame, for tests.</summary>
    internal FrameOwnership Frames => _frames;

    // One ring of frames to receive into and one to send from for each socket, and a batch in between: no ring can starve another.
    private static int FramesOf(int sockets, int ports, XskOptions options) =>
        (sockets * 2 * options.RingEntries) + (ports * DatapathLimits.MaxBatchFrames);

    private static IEnumerable<int> QueuesOf(SteeredDevice device, int worker, int workers)
    {
        for (var queue = worker; queue < device.Device.RxQueues; queue += workers) yield return queue;
    }

    private void ReceiveFrom(XskLane lane, FrameBatch batch)
    {
        var ring = lane.Socket.Rx;
        var count = ring.Available(batch.Capacity - batch.Count);
        if (count == 0) return;
        for (var i = 0; i < count; i++)
        {
            var received = ring.Read();
            var frame = received.Address / XdpLimits.FrameSize;
            if (!_frames.TryMove(frame, lane.ReceiveOwner, FrameOwner.Batch))
            {
                lane.Counters.RefusedReceives++;
                continue;
            }

            lane.Received();
            var offset = (int)(received.Address % XdpLimits.FrameSize);
            if (offset < DatapathLimits.FrameHeadroom || received.Length > (uint)(XdpLimits.FrameSize - offset))
            {
                lane.Counters.RefusedReceives++;
                _frames.TryFree(frame, FrameOwner.Batch);
                continue;
            }

            ref var slot = ref batch.Add();
            slot.Address = (nint)(_umem.Memory + received.Address);
            slot.Length = (int)received.Length;
            slot.Capacity = XdpLimits.FrameSize - offset;
            slot.Ingress = lane.Device;
            slot.Token = frame | (ulong)(uint)lane.Number << 32;
        }

        ring.Release();
        lane.Counters.Received += count;
    }

    private void Send(ref FrameSlot slot, ushort device)
    {
        var ingress = _lanes[slot.Token >> 32];
        var lane = ingress.Device == device ? ingress : device < _laneOfDevice.Length ? _laneOfDevice[device] : null;
        var frame = (uint)slot.Token;
        var address = (ulong)(slot.Address - (nint)_umem.Memory);
        var offset = address % XdpLimits.FrameSize;
        if (lane is null || slot.Length < EthernetHeader.Size
            || address / XdpLimits.FrameSize != frame || offset + (uint)slot.Length > XdpLimits.FrameSize)
        {
            _counters.Unsendable++;
            Recycle(slot.Token);
        }
        else if (!lane.TrySend((int)frame, address, slot.Length))
        {
            lane.Counters.TransmitFull++;
            Recycle(slot.Token);
        }
    }

    private void HandToHost(ref FrameSlot slot)
    {
        _counters.HandToHost(_host, new((void*)slot.Address, slot.Length));
        Recycle(slot.Token);
    }

    private void Recycle(ulong token)
    {
        if (!_frames.TryFree((uint)token, FrameOwner.Batch)) _lanes[token >> 32].Counters.RefusedSlots++;
    }
}
