using System.Numerics;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net.Wire;
using Tmds.Linux;
using static Director.Linux.Abi.PacketAbi;

namespace Director.Linux.PacketMmap;

/// <summary>
/// A packet socket that receives into a ring which it shares with the kernel (Linux Documentation/networking/packet_mmap.rst), in the
/// network namespace of the thread that opened it. Slots of one frame each (TPACKET_V2): a block of frames, as in TPACKET_V3, is handed
/// over only when it is full or a timer of at least a millisecond fires, and a packet shall not wait for that.
/// </summary>
internal sealed unsafe class PacketRing : IDisposable
{
    private const int BlockSize = 1 << 16;

    // Link header with tag, and what the kernel puts in front: slot header, link address, offload header, alignment.
    private const int SlotOverhead = 14 + VlanTag.Size + 128 + PacketLimits.Headroom;

    private readonly FileDescriptor _descriptor;
    private readonly TappedDevice _device;
    private readonly string _name;
    private readonly Lock _counting = new();
    private nuint _mapped;
    private byte* _memory;
    private long _packets;
    private long _drops;

    private PacketRing(FileDescriptor descriptor, TappedDevice device, PacketOptions options, int workers)
    {
        (_descriptor, _device, _name, Entries) = (descriptor, device, device.Device.Name, options.RingEntries);
        try
        {
            SetUp(workers);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Slots.</summary>
    public int Entries { get; }

    /// <summary>Bytes of a slot, its header included.</summary>
    public int SlotSize { get; private set; }

    /// <summary>For poll(2): readable while the newest frame was not given back.</summary>
    public int PollDescriptor => _descriptor.Value;

    /// <summary>Opens one, which receives at once what the device's filter lets through.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">Its size.</param>
    /// <param name="workers">How many sockets share the device's frames, by flow or by queue; each frame goes to one.</param>
    /// <exception cref="LinuxException">Refused: which call, and what to do.</exception>
    public static PacketRing Open(TappedDevice device, PacketOptions options, int workers) =>
        new(PacketSocket.Open(device.Device), device, options, workers);

    /// <summary>The header of a slot.</summary>
    public SlotHeader* Slot(int index) => (SlotHeader*)(_memory + ((nint)index * SlotSize));

    /// <summary>Gives a slot back to the kernel.</summary>
    public void Release(int index) => Volatile.Write(ref Slot(index)->Status, TP_STATUS_KERNEL);

    /// <summary>
    /// Takes the next of the frames that were too large for their slot, its offload header in front; returns its length, which is more
    /// than there is room for if it was cut, or less than 0 if there is none.
    /// </summary>
    public int ReceiveLarge(Span<byte> room)
    {
        fixed (byte* data = room)
            return (int)LibC.recv(_descriptor.Value, data, room.Length, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
    }

    /// <summary>Takes the error that makes poll(2) return, such as that of a device that went down; 0 if there is none.</summary>
    public int TakeError() => PacketSocket.TakeError(_descriptor.Value);

    /// <summary>Frames that the filter let through, and of these, how many were dropped for want of a slot. Any thread.</summary>
    public (long Packets, long Drops) ReadCounters()
    {
        lock (_counting)
        {
            if (!_descriptor.IsClosed)
            {
                Statistics since;
                var length = (uint)sizeof(Statistics);
                if (LibC.getsockopt(_descriptor.Value, SOL_PACKET, PACKET_STATISTICS, &since, (socklen_t*)&length) == 0)
                {
                    _packets += since.Packets;
                    _drops += since.Drops;
                }
            }

            return (_packets, _drops);
        }
    }

    /// <summary>Leaves the device and unmaps the ring.</summary>
    public void Dispose()
    {
        lock (_counting) _descriptor.Dispose();
        // A group goes with its members: those who come next make one.
        _device.FanoutGroup = null;
        if (_memory != null) _ = LibC.munmap(_memory, (size_t)_mapped);
        _memory = null;
    }

    private void SetUp(int workers)
    {
        SlotSize = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(PacketLimits.MinSlotSize, _device.Device.Mtu + SlotOverhead));
        Set(PACKET_VERSION, TPACKET_V2, nameof(PACKET_VERSION));
        Set(PACKET_VNET_HDR, 1, nameof(PACKET_VNET_HDR));
        // The kernel aligns the packet to 16 and then goes on by the offload header and this: the IP header stands at a multiple of four.
        Set(PACKET_RESERVE, PacketLimits.Headroom + 2, nameof(PACKET_RESERVE));
        // Frames larger than a slot wait whole in the socket's buffer.
        Set(PACKET_COPY_THRESH, 1, nameof(PACKET_COPY_THRESH));
        PacketSocket.RaiseBuffer(_descriptor.Value, PacketSocket.SO_RCVBUFFORCE);
        _ = TrySet(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
        Map();
        if (TrySet(LibC.SOL_SOCKET, SO_ATTACH_BPF, _device.FilterDescriptor) is not 0 and var errno)
            throw new LinuxException("setsockopt(SO_ATTACH_BPF)", _name, errno);
        // Only now do frames come: none has passed by the filter.
        PacketSocket.Bind(_descriptor.Value, _device.Device, AllProtocols);
        if (workers > 1) JoinFanout(workers);
    }

    private void Map()
    {
        var blockSize = Math.Max(BlockSize, SlotSize);
        var slotsPerBlock = blockSize / SlotSize;
        var request = new RingRequest
        {
            BlockSize = (uint)blockSize,
            Blocks = (uint)Math.Max(1, Entries / slotsPerBlock),
            SlotSize = (uint)SlotSize,
            Slots = (uint)(Math.Max(1, Entries / slotsPerBlock) * slotsPerBlock),
        };
        if (LibC.setsockopt(_descriptor.Value, SOL_PACKET, PACKET_RX_RING, &request, sizeof(RingRequest)) != 0)
            throw LinuxException.FromLastError("setsockopt(PACKET_RX_RING)", _name, "free memory, or use smaller rings or fewer workers");
        _mapped = (nuint)request.BlockSize * request.Blocks;
        var memory = LibC.mmap(null, (size_t)_mapped, LibC.PROT_READ | LibC.PROT_WRITE,
            LibC.MAP_SHARED | LibC.MAP_POPULATE, _descriptor.Value, 0);
        if ((nint)memory == -1) throw LinuxException.FromLastError("mmap(packet ring)", _name, "free memory, or use smaller rings");
        _memory = (byte*)memory;
    }

    // As many members as queues, at most: each takes those of its number, and with them their flows. Else by a hash of the flow.
    private void JoinFanout(int workers)
    {
        var kind = workers <= _device.Device.RxQueues ? PACKET_FANOUT_QM : PACKET_FANOUT_HASH;
        if (_device.FanoutGroup is null) kind |= PACKET_FANOUT_FLAG_UNIQUEID;
        var errno = Join(kind | PACKET_FANOUT_FLAG_IGNORE_OUTGOING);
        // The flag is of Linux 5.11; without it the filter sees what leaves, and lets nothing of it through.
        if (errno == Errno.EINVAL) errno = Join(kind);
        if (errno != 0) throw new LinuxException("setsockopt(PACKET_FANOUT)", _name, errno);
        if (_device.FanoutGroup is not null) return;
        uint group = 0;
        var length = (uint)sizeof(uint);
        if (LibC.getsockopt(_descriptor.Value, SOL_PACKET, PACKET_FANOUT, &group, (socklen_t*)&length) != 0)
            throw LinuxException.FromLastError("getsockopt(PACKET_FANOUT)", _name);
        _device.FanoutGroup = (ushort)group;

        int Join(int kindAndFlags) => TrySet(SOL_PACKET, PACKET_FANOUT, (_device.FanoutGroup ?? 0) | kindAndFlags << 16);
    }

    private void Set(int option, int value, string name)
    {
        var errno = TrySet(SOL_PACKET, option, value);
        if (errno != 0) throw new LinuxException($"setsockopt({name})", _name, errno);
    }

    private int TrySet(int level, int option, int value) =>
        LibC.setsockopt(_descriptor.Value, level, option, &value, sizeof(int)) == 0 ? 0 : Marshal.GetLastPInvokeError();
}
