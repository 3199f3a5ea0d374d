using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Datapath.Ports;
using Director.Net.Wire;
using static Director.Linux.Abi.PacketAbi;

namespace Director.Linux.PacketMmap;

/// <summary>
/// One device's part of a port: a ring to receive from and a socket to send by. Frames are worked on in their slots; a slot goes back
/// to the kernel when its batch is settled. The worker's thread only; the counters are read by any.
/// </summary>
internal sealed unsafe class PacketLane : IDisposable
{
    /// <summary>The token of a frame that is in no slot.</summary>
    private const ulong NoSlot = 0;

    private readonly PacketRing _ring;
    private readonly PacketSender _sender;
    private readonly byte* _super;
    private int _head;
    private int _held;
    private bool _disposed;

    // The super-frame in hand: where its bytes begin, their number, what is to be done, and the next segment.
    private int _superStart;
    private int _superLength;
    private OffloadHeader _superOffload;
    private int _nextSegment;

    /// <summary>Takes both sockets of a device into a port.</summary>
    public PacketLane(PacketRing ring, PacketSender sender, TappedDevice device)
    {
        (_ring, _sender, Device, Name) = (ring, sender, device.Number, device.Device.Name);
        _super = (byte*)NativeMemory.Alloc(OffloadHeader.Size + VlanTag.Size + PacketLimits.MaxSuperFrame);
    }

    /// <summary>The device, as frame slots number it.</summary>
    public ushort Device { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What happened so far.</summary>
    public PacketLaneCounters Counters { get; } = new();

    /// <summary>The receiving socket.</summary>
    public PacketRing Ring => _ring;

    /// <summary>Slots that wait for their batch to be settled.</summary>
    public int Held => _held;

    /// <summary>
    /// Fills <paramref name="batch"/> with what has arrived. Segments of super-frames are written to <paramref name="segments"/>.
    /// </summary>
    public void Receive(FrameBatch batch, SegmentMemory segments)
    {
        while (batch.Count < batch.Capacity)
        {
            if (_superLength > 0)
            {
                TakeSegment(batch, segments);
                continue;
            }

            // A slot that this batch holds is not the kernel's yet: a ring that has gone round is empty.
            if (_held == _ring.Entries) return;
            var header = _ring.Slot(_head);
            var status = Volatile.Read(ref header->Status);
            if ((status & TP_STATUS_USER) == 0) return;
            Take(batch, header, status);
            _head = _head + 1 == _ring.Entries ? 0 : _head + 1;
        }
    }

    /// <summary>Names a frame to be sent by this device.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in FrameSlot slot) => _sender.Add(slot.Address, slot.Length);

    /// <summary>Sends what was named.</summary>
    public void Flush() => _sender.Flush(Counters);

    /// <summary>Gives back the slot of a frame of this lane's, if it is in one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(ulong token)
    {
        if ((uint)token == NoSlot) return;
        _ring.Release((int)(uint)token - 1);
        _held--;
    }

    /// <summary>Takes the receiving socket's pending error, to be told.</summary>
    public void TakeError()
    {
        if (_ring.TakeError() is not 0 and var errno) Counters.LastRefusal = errno;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _ring.Dispose();
        _sender.Dispose();
        NativeMemory.Free(_super);
    }

    private void Take(FrameBatch batch, SlotHeader* header, uint status)
    {
        var frame = (byte*)header + header->FrameOffset;
        var length = (int)header->CapturedLength;
        // What is in front of the frame is read, and then free for a tag: the one that is put back, and one of the engine's.
        var fits = header->FrameOffset >= sizeof(SlotHeader) + OffloadHeader.Size + VlanTag.Size
            && length >= EthernetHeader.Size && length <= _ring.SlotSize - header->FrameOffset;
        if (!fits)
        {
            Refuse();
            return;
        }

        var offload = *(OffloadHeader*)(frame - OffloadHeader.Size);
        if (offload.GsoType != VIRTIO_NET_HDR_GSO_NONE || header->Length > header->CapturedLength)
        {
            TakeSuperFrame(frame, header, status, offload);
            _ring.Release(_head);
            return;
        }

        var bytes = new Span<byte>(frame, length);
        if ((offload.Flags & VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0)
        {
            if (!PartialChecksum.TryComplete(bytes, offload.ChecksumStart, offload.ChecksumOffset))
            {
                Refuse();
                return;
            }

            Counters.ChecksumsCompleted++;
        }

        if ((status & TP_STATUS_VLAN_VALID) != 0)
        {
            frame -= VlanTag.Size;
            length += VlanTag.Size;
            VlanTag.Restore(new(frame, length), TypeOf(header, status), header->VlanTag);
        }

        ref var slot = ref batch.Add();
        slot.Address = (nint)frame;
        slot.Length = length;
        slot.Capacity = (int)((byte*)header + _ring.SlotSize - frame);
        slot.Ingress = Device;
        slot.Token = (ulong)Device << 32 | (uint)(_head + 1);
        _held++;
        Counters.Received++;

        void Refuse()
        {
            Counters.Unreadable++;
            _ring.Release(_head);
        }
    }

    // It is copied out of its slot, or taken from behind it if it was too large, and cut as the batch has room.
    private void TakeSuperFrame(byte* frame, SlotHeader* header, uint status, OffloadHeader offload)
    {
        var room = new Span<byte>(_super + VlanTag.Size, OffloadHeader.Size + PacketLimits.MaxSuperFrame);
        int length;
        if (header->Length == header->CapturedLength)
        {
            length = (int)header->CapturedLength;
            new ReadOnlySpan<byte>(frame, length).CopyTo(room[OffloadHeader.Size..]);
        }
        else
        {
            length = (status & TP_STATUS_COPY) == 0 ? -1 : _ring.ReceiveLarge(room) - OffloadHeader.Size;
            if (length >= EthernetHeader.Size && length <= PacketLimits.MaxSuperFrame) offload = MemoryMarshal.Read<OffloadHeader>(room);
        }

        if (length < EthernetHeader.Size || length > PacketLimits.MaxSuperFrame)
        {
            Counters.Unreadable++;
            return;
        }

        var start = VlanTag.Size + OffloadHeader.Size;
        if ((status & TP_STATUS_VLAN_VALID) != 0)
        {
            start -= VlanTag.Size;
            length += VlanTag.Size;
            VlanTag.Restore(new(_super + start, length), TypeOf(header, status), header->VlanTag);
        }

        if (!SuperFrame.TryRead(new(_super + start, length), offload, out var super) || super.LongestSegment > SegmentMemory.SegmentSize)
        {
            Counters.Unreadable++;
            return;
        }

        (_superStart, _superLength, _superOffload, _nextSegment) = (start, length, offload, 0);
        Counters.SuperFrames++;
    }

    private void TakeSegment(FrameBatch batch, SegmentMemory segments)
    {
        if (!SuperFrame.TryRead(new(_super + _superStart, _superLength), _superOffload, out var super)) return;
        var memory = segments.Of(batch.Count);
        ref var slot = ref batch.Add();
        slot.Address = (nint)memory;
        slot.Length = super.Write(_nextSegment++, new(memory, SegmentMemory.SegmentSize));
        slot.Capacity = SegmentMemory.SegmentSize;
        slot.Ingress = Device;
        slot.Token = (ulong)Device << 32 | NoSlot;
        Counters.Received++;
        if (_nextSegment == super.Segments) _superLength = 0;
    }

    private static ushort TypeOf(SlotHeader* header, uint status) =>
        (status & TP_STATUS_VLAN_TPID_VALID) != 0 ? header->VlanType : (ushort)EtherType.Vlan;
}
