using Director.Datapath.Ports;
using Director.Linux.Abi;
using Director.Net.Wire;
using Tmds.Linux;

namespace Director.Linux.PacketMmap;

/// <summary>
/// One worker's way to its devices by AF_PACKET: for each device a ring that it receives from, one of the fanout of all workers, and a
/// socket that it sends by. Works with every driver, MTU and kind of Ethernet device. Frames are worked on where the kernel put them:
/// <code>
///   (kernel) ─► slot ─► batch ─► send ─► (kernel copies) ─► slot free
///                         └──── drop, to the host ────────► slot free
/// </code>
/// What reaches the stack is not always what a wire carries: the VLAN tag that the stack took out is put back, a checksum that was left to
/// the hardware is completed, and a frame that stands for many is cut into them.
/// </summary>
public sealed unsafe class PacketPort : IFramePort
{
    private readonly PacketLane[] _lanes;
    private readonly PacketLane?[] _laneOfDevice;
    private readonly SegmentMemory _segments = new();
    private readonly IHostPort _host;
    private readonly WakeSignal _wake = new();
    private readonly pollfd[] _polled;
    private readonly PortCounters _counters = new();
    private int _next;
    private bool _disposed;

    private PacketPort(IReadOnlyList<PacketLane> lanes, IHostPort host)
    {
        (_lanes, _host) = ([.. lanes], host);
        _laneOfDevice = new PacketLane?[lanes.Max(lane => lane.Device) + 1];
        foreach (var lane in lanes) _laneOfDevice[lane.Device] = lane;
        _polled = [Polled(_wake.Handle), .. lanes.Select(lane => Polled(lane.Ring.PollDescriptor))];

        static pollfd Polled(int descriptor) => new() { fd = descriptor, events = LibC.POLLIN };
    }

    /// <summary>
    /// What the port has done so far, and the kernel's counters of its sockets. Any thread; costs a system call a device.
    /// </summary>
    public PacketPortStatistics Statistics => new(_counters, [.. _lanes.Select(PacketSocketStatistics.Of)]);

    /// <summary>
    /// Opens a worker's port, in the network namespace of the calling thread. Frames that the devices' filters let through come to one of
    /// the <paramref name="workers"/>; all are opened before a VIP is armed, or those before the last would get some twice.
    /// </summary>
    /// <param name="devices">All devices, in the order of <c>Steering.Taps</c>.</param>
    /// <param name="workers">How many there will be, 1 to <see cref="PacketLimits.MaxWorkers"/>.</param>
    /// <param name="options">Ring sizes.</param>
    /// <param name="host">Where packets go that are the host's after all.</param>
    /// <exception cref="LinuxException">The kernel refused: the call, the device, and what to do.</exception>
    public static PacketPort Open(IReadOnlyList<TappedDevice> devices, int workers, PacketOptions options, IHostPort host)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(host);
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfZero(devices.Count, nameof(devices));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, PacketLimits.MaxWorkers);
        using var undo = new Undo();
        var lanes = new List<PacketLane>();
        foreach (var device in devices)
        {
            var sender = undo.Add(PacketSender.Open(device.Device));
            var ring = undo.Add(PacketRing.Open(device, options, workers));
            lanes.Add(undo.Add(new PacketLane(ring, sender, device)));
        }

        var port = new PacketPort(lanes, host);
        undo.Keep();
        return port;
    }

    /// <inheritdoc/>
    public int Receive(FrameBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[_next].Receive(batch, _segments);
            _next = _next + 1 == _lanes.Length ? 0 : _next + 1;
        }

        // Who was served first is served last the next time.
        _next = _next + 1 == _lanes.Length ? 0 : _next + 1;
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
                    Send(slot, slot.Egress);
                    break;
                case Verdict.Reply:
                    Send(slot, slot.Ingress);
                    break;
                case Verdict.ToHost:
                    _counters.HandToHost(_host, new((void*)slot.Address, slot.Length));
                    break;
                default:
                    _counters.Dropped++;
                    break;
            }
        }

        // The kernel has its copy when the call returns: then the slots are free.
        foreach (var lane in _lanes) lane.Flush();
        for (var i = 0; i < batch.Count; i++) _laneOfDevice[batch[i].Token >> 32]!.Release(batch[i].Token);
        batch.Clear();
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout)
    {
        var milliseconds = timeout <= TimeSpan.Zero ? 0 : (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
        fixed (pollfd* polled = _polled)
        {
            if (Libc.Poll(polled, (nuint)_polled.Length, milliseconds) <= 0) return;
        }

        if (_polled[0].revents != 0) _wake.Reset();
        // The error of a device that went down is told once, and would end every wait until it was heard.
        for (var i = 1; i < _polled.Length; i++)
            if ((_polled[i].revents & LibC.POLLERR) != 0) _lanes[i - 1].TakeError();
    }

    /// <inheritdoc/>
    public void Wake() => _wake.Signal();

    /// <summary>Leaves the devices. The worker has stopped; frames in the rings are lost. The shield stays up.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var lane in _lanes) lane.Dispose();
        _segments.Dispose();
        _wake.Dispose();
    }

    /// <summary>The lanes, for tests.</summary>
    internal IReadOnlyList<PacketLane> Lanes => _lanes;

    private void Send(in FrameSlot slot, ushort device)
    {
        if (device < _laneOfDevice.Length && _laneOfDevice[device] is { } lane && slot.Length >= EthernetHeader.Size) lane.Send(slot);
        else _counters.Unsendable++;
    }
}
