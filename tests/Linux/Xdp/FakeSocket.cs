using Director.Linux.Abi;
using Director.Linux.Xdp;

namespace Director.Tests.Linux.Xdp;

/// <summary>A socket whose kernel is the test: it receives into the frames that it was given and sends those that it is shown.</summary>
internal sealed unsafe class FakeSocket : IXskSocket
{
    private readonly Umem _umem;
    private readonly FakeRing<XdpAbi.Descriptor> _rx;
    private readonly FakeRing<XdpAbi.Descriptor> _tx;
    private readonly FakeRing<ulong> _fill;
    private readonly FakeRing<ulong> _completion;
    private readonly ProducerRing<XdpAbi.Descriptor> _kernelRx;
    private readonly ConsumerRing<XdpAbi.Descriptor> _kernelTx;
    private readonly ConsumerRing<ulong> _kernelFill;
    private readonly ProducerRing<ulong> _kernelCompletion;
    private readonly Queue<ulong> _sending = new();

    public FakeSocket(Umem umem, ushort device, int size, uint start = 0)
    {
        (_umem, Device) = (umem, device);
        (_rx, _tx, _fill, _completion) = (new(size, start), new(size, start), new(size, start), new(size, start));
        (Rx, Tx, Fill, Completion) = (new(_rx.Memory), new(_tx.Memory), new(_fill.Memory), new(_completion.Memory));
        (_kernelRx, _kernelTx, _kernelFill, _kernelCompletion) =
            (new(_rx.Memory), new(_tx.Memory), new(_fill.Memory), new(_completion.Memory));
        _tx.NeedsWakeup = true;
    }

    public ushort Device { get; }

    public ConsumerRing<XdpAbi.Descriptor> Rx { get; }

    public ProducerRing<XdpAbi.Descriptor> Tx { get; }

    public ProducerRing<ulong> Fill { get; }

    public ConsumerRing<ulong> Completion { get; }

    public int PollDescriptor => -1;

    /// <summary>How many frames a kick sends; the rest stays in the ring, with <see cref="Answer"/>.</summary>
    public int FramesPerKick { get; set; } = int.MaxValue;

    /// <summary>What a kick answers that did not send all.</summary>
    public int Answer { get; set; } = Errno.EAGAIN;

    public int Kicks { get; private set; }

    public int ReceiveKicks { get; private set; }

    public bool FillNeedsWakeup
    {
        set => _fill.NeedsWakeup = value;
    }

    /// <summary>Frames on the wire, as they were when sent.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>Frames taken from the TX ring and not yet given back.</summary>
    public int InFlight => _sending.Count;

    public int KickTransmit()
    {
        Kicks++;
        var count = _kernelTx.Available(Math.Min(FramesPerKick, _kernelTx.Size));
        for (var i = 0; i < count; i++)
        {
            var entry = _kernelTx.Read();
            Sent.Add(new Span<byte>(_umem.Memory + entry.Address, (int)entry.Length).ToArray());
            _sending.Enqueue(entry.Address);
        }

        _kernelTx.Release();
        return _kernelTx.Available(1) > 0 ? Answer : 0;
    }

    public void KickReceive() => ReceiveKicks++;

    /// <summary>A frame arrives; false if the kernel has no frame to receive into or no room to tell.</summary>
    public bool Arrive(ReadOnlySpan<byte> frame)
    {
        if (_kernelRx.Room(1) <= 0 || _kernelFill.Available(1) == 0) return false;
        var address = _kernelFill.Read() / XdpLimits.FrameSize * XdpLimits.FrameSize + XdpAbi.XDP_PACKET_HEADROOM;
        _kernelFill.Release();
        frame.CopyTo(new Span<byte>(_umem.Memory + address, frame.Length));
        Announce(address, frame.Length);
        return true;
    }

    /// <summary>Puts any entry into the RX ring, right or wrong.</summary>
    public void Announce(ulong address, int length)
    {
        _kernelRx.Write(new() { Address = address, Length = (uint)length });
        _kernelRx.Publish();
    }

    /// <summary>Gives back up to <paramref name="count"/> frames that were sent.</summary>
    public void Complete(int count)
    {
        for (; count > 0 && _sending.Count > 0 && _kernelCompletion.Room(1) > 0; count--) _kernelCompletion.Write(_sending.Dequeue());
        _kernelCompletion.Publish();
    }

    /// <summary>Puts any address into the completion ring, right or wrong.</summary>
    public void CompleteForged(ulong address)
    {
        _kernelCompletion.Write(address);
        _kernelCompletion.Publish();
    }

    /// <summary>Moves an index of the kernel's to where it cannot be.</summary>
    public void CorruptRxIndex() => *_rx.Memory.ProducerIndex += (uint)_rx.Memory.Size * 3;

    public void Dispose()
    {
        _rx.Dispose();
        _tx.Dispose();
        _fill.Dispose();
        _completion.Dispose();
    }
}
