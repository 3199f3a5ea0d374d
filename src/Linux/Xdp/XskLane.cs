using System.Runtime.CompilerServices;
using Director.Linux.Abi;

namespace Director.Linux.Xdp;

/// <summary>
/// One socket's part of a port: which frames the kernel has by it, what to send, what came back. The worker's thread only; the
/// counters are read by any.
/// </summary>
internal sealed class XskLane
{
    /// <summary>Calls of <see cref="Reap"/> without an answer after which the kernel is reminded of what it has to send.</summary>
    private const int PatienceInReaps = 64;

    private readonly FrameOwnership _frames;
    private readonly ProducerRing<XdpAbi.Descriptor> _tx;
    private readonly FrameOwner _receive;
    private readonly FrameOwner _transmit;
    private readonly ulong _umemLength;
    private readonly int _capacity;
    private int _posted;
    private int _outstanding;
    private int _unanswered;
    private bool _full;

    /// <summary>Takes a socket into a port as its lane of that number.</summary>
    public XskLane(IXskSocket socket, int number, FrameOwnership frames)
    {
        (Socket, Number, _frames) = (socket, number, frames);
        (Device, _tx) = (socket.Device, socket.Tx);
        (_receive, _transmit) = (FrameOwner.Receive(number), FrameOwner.Transmit(number));
        _umemLength = (ulong)frames.Frames * XdpLimits.FrameSize;
        _capacity = Math.Min(socket.Fill.Size, socket.Tx.Size);
    }

    /// <summary>The socket, to be called once a batch; what each frame needs of it stands in the lane.</summary>
    public IXskSocket Socket { get; }

    /// <summary>The socket's device, as frame slots number it.</summary>
    public ushort Device { get; }

    /// <summary>Its place in the port.</summary>
    public int Number { get; }

    /// <summary>What happened so far.</summary>
    public XskLaneCounters Counters { get; } = new();

    /// <summary>Frames that the kernel has to receive into or has received into.</summary>
    public int Posted => _posted;

    /// <summary>Frames that the kernel has to send or has sent and not given back.</summary>
    public int Outstanding => _outstanding;

    /// <summary>The owner that received frames are expected of.</summary>
    public FrameOwner ReceiveOwner => _receive;

    private bool HasRoom => _outstanding < _capacity && _tx.Room(1) > 0;

    /// <summary>
    /// Takes back what was sent. An address that is not of a frame in transmission here is counted and refused: believing it would give
    /// one frame to two.
    /// </summary>
    public void Reap()
    {
        var ring = Socket.Completion;
        var count = ring.Available(ring.Size);
        if (count == 0)
        {
            if (_outstanding > 0 && ++_unanswered >= PatienceInReaps) Kick();
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var address = ring.Read();
            if (address < _umemLength && _frames.TryFree(address / XdpLimits.FrameSize, _transmit)) _outstanding--;
            else Counters.RefusedCompletions++;
        }

        ring.Release();
        _unanswered = 0;
    }

    /// <summary>
    /// Gives the kernel free frames to receive into, up to one ring of them, and wakes a driver that waits for some. Its flag is looked at
    /// each time, as one that is raised while frames are given is missed by who looks only then.
    /// </summary>
    public void Refill()
    {
        var ring = Socket.Fill;
        var wanted = Math.Min(_capacity - _posted, _frames.Free);
        var count = wanted <= 0 ? 0 : Math.Min(wanted, ring.Room(wanted));
        if (count > 0)
        {
            for (var i = 0; i < count; i++) ring.Write((ulong)_frames.Take(_receive) * XdpLimits.FrameSize);
            _posted += count;
            ring.Publish();
        }

        if (_posted > 0 && ring.NeedsWakeup) Socket.KickReceive();
    }

    /// <summary>A frame has come up by this lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Received() => _posted--;

    /// <summary>Queues a frame of the batch for transmission; false if there is no room even after a call to the kernel.</summary>
    public bool TrySend(int frame, ulong address, int length)
    {
        if (!HasRoom && !TryMakeRoom()) return false;
        if (!_frames.TryMove((ulong)frame, FrameOwner.Batch, _transmit))
        {
            Counters.RefusedSlots++;
            return true;
        }

        _tx.Write(new() { Address = address, Length = (uint)length });
        _outstanding++;
        return true;
    }

    /// <summary>Shows the kernel what was queued, and has it send.</summary>
    public void Flush()
    {
        _full = false;
        if (_tx.Unpublished == 0) return;
        Counters.Transmitted += _tx.Unpublished;
        _tx.Publish();
        // A flag that is raised at this moment may be missed; then Reap or Wait, which look again, send.
        if (_tx.NeedsWakeup) Kick();
    }

    /// <summary>Has the kernel send what it has not taken yet.</summary>
    public void Kick()
    {
        _unanswered = 0;
        Counters.Kicks++;
        var errno = Socket.KickTransmit();
        if (errno == 0) return;
        // Try again: it will be, at the next flush, reap or wait.
        if (errno is Errno.EAGAIN or Errno.ENOBUFS or Errno.EBUSY) Counters.KicksUnfinished++;
        else (Counters.KicksRefused, Counters.LastKickErrno) = (Counters.KicksRefused + 1, errno);
    }

    // Tried once a batch: a device that is stuck shall not cost a call for every frame that it drops.
    private bool TryMakeRoom()
    {
        if (_full) return false;
        Flush();
        Reap();
        if (!HasRoom)
        {
            Kick();
            Reap();
        }

        _full = !HasRoom;
        return !_full;
    }
}
