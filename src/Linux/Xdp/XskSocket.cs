using System.Globalization;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Xdp;

/// <summary>
/// An AF_XDP socket bound to one queue of a device, in the network namespace of the thread that opened it
/// (Linux Documentation/networking/af_xdp.rst, net/xdp/xsk.c).
/// </summary>
internal sealed unsafe class XskSocket : IXskSocket
{
    // Frames per call in copy mode unless raised (net/xdp/xsk.c, TX_BATCH_SIZE).
    private const int DefaultBudget = 32;
    private const int SendBufferBytes = 16 << 20;

    // The kernel frees the queue of a socket that was closed only some time later (net/xdp/xsk_buff_pool.c, xp_put_pool): a predecessor's,
    // when the process was started again.
    private const int BindAttempts = 50;
    private static readonly TimeSpan BindPause = TimeSpan.FromMilliseconds(20);

    private readonly FileDescriptor _descriptor;
    private readonly List<(nint Memory, nuint Length)> _mappings = [];
    private readonly int _kicksAtOnce;
    private readonly string _name;

    private XskSocket(FileDescriptor descriptor, Umem umem, XdpDevice device, ushort number, int queue,
        XskOptions options, XskSocket? shared)
    {
        (_descriptor, Device, Queue, DeviceName) = (descriptor, number, queue, device.Name);
        _name = string.Create(CultureInfo.InvariantCulture, $"{device.Name} queue {queue}");
        try
        {
            if (shared is null) Register(umem);
            foreach (var ring in (ReadOnlySpan<int>)
                [XdpAbi.XDP_UMEM_FILL_RING, XdpAbi.XDP_UMEM_COMPLETION_RING, XdpAbi.XDP_RX_RING, XdpAbi.XDP_TX_RING])
            {
                SetOption(ring, (uint)options.RingEntries, null);
            }

            var offsets = GetOption<XdpAbi.MappingOffsets>(XdpAbi.XDP_MMAP_OFFSETS);
            Rx = new(MapRing<XdpAbi.Descriptor>(offsets.Rx, XdpAbi.XDP_PGOFF_RX_RING, options.RingEntries));
            Tx = new(MapRing<XdpAbi.Descriptor>(offsets.Tx, XdpAbi.XDP_PGOFF_TX_RING, options.RingEntries));
            Fill = new(MapRing<ulong>(offsets.Fill, XdpAbi.XDP_UMEM_PGOFF_FILL_RING, options.RingEntries));
            Completion = new(MapRing<ulong>(offsets.Completion, XdpAbi.XDP_UMEM_PGOFF_COMPLETION_RING, options.RingEntries));
            RaiseSendBuffer();
            _kicksAtOnce = RaiseBudget(options.RingEntries) ? 1 : options.RingEntries / DefaultBudget + 1;
            Bind(device, queue, options, shared);
            IsZeroCopy = (GetOption<uint>(XdpAbi.XDP_OPTIONS) & XdpAbi.XDP_OPTIONS_ZEROCOPY) != 0;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ushort Device { get; }

    /// <summary>Name of the device.</summary>
    public string DeviceName { get; }

    /// <summary>The queue.</summary>
    public int Queue { get; }

    /// <summary>Whether the driver reads and writes our memory itself; else the kernel copies.</summary>
    public bool IsZeroCopy { get; }

    /// <inheritdoc/>
    public ConsumerRing<XdpAbi.Descriptor> Rx { get; }

    /// <inheritdoc/>
    public ProducerRing<XdpAbi.Descriptor> Tx { get; }

    /// <inheritdoc/>
    public ProducerRing<ulong> Fill { get; }

    /// <inheritdoc/>
    public ConsumerRing<ulong> Completion { get; }

    /// <inheritdoc/>
    public int PollDescriptor => _descriptor.Value;

    /// <summary>The kernel's own counters of the socket; zeros once it is closed. Any thread.</summary>
    public XdpAbi.Statistics Statistics => _descriptor.IsClosed ? default : GetOption<XdpAbi.Statistics>(XdpAbi.XDP_STATISTICS);

    /// <summary>Opens and binds a socket.</summary>
    /// <param name="umem">Where its frames live.</param>
    /// <param name="device">The device.</param>
    /// <param name="number">The device's number in frame slots.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="options">Ring sizes and copy mode.</param>
    /// <param name="shared">A socket that has registered the same UMEM already, or null if this is the first.</param>
    /// <exception cref="LinuxException">Refused: which call, and what to do.</exception>
    public static XskSocket Open(Umem umem, XdpDevice device, ushort number, int queue, XskOptions options, XskSocket? shared)
    {
        var descriptor = LibC.socket(XdpAbi.AF_XDP, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new LinuxException("socket(AF_XDP)", device.Name, errno, errno switch
            {
                Errno.EPERM => "run as root or with CAP_NET_RAW (AmbientCapabilities= of the unit)",
                Errno.EAFNOSUPPORT => "the kernel is built without CONFIG_XDP_SOCKETS",
                _ => null,
            });
        }

        return new(new(descriptor), umem, device, number, queue, options, shared);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// In copy mode the frames are sent inside the call, so many at a time, and EAGAIN says that there are more: the call is repeated as
    /// long as it gets on.
    /// </remarks>
    public int KickTransmit()
    {
        for (var kick = 0; ; kick++)
        {
            var before = Tx.Untaken;
            if (LibC.sendto(_descriptor.Value, null, 0, LibC.MSG_DONTWAIT, null, 0) >= 0) return 0;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EAGAIN) return errno;
            var after = Tx.Untaken;
            if (after == 0) return 0;
            if (after == before || kick == _kicksAtOnce) return errno;
        }
    }

    /// <inheritdoc/>
    public void KickReceive() => _ = LibC.recvfrom(_descriptor.Value, null, 0, LibC.MSG_DONTWAIT, null, null);

    /// <summary>Closes the socket, which takes it out of the device's map of sockets, and unmaps the rings.</summary>
    public void Dispose()
    {
        _descriptor.Dispose();
        foreach (var (memory, length) in _mappings) _ = LibC.munmap((void*)memory, (size_t)length);
        _mappings.Clear();
    }

    private void Register(Umem umem)
    {
        var registration = new XdpAbi.UmemRegistration
        {
            Address = (ulong)umem.Memory,
            Length = umem.Length,
            ChunkSize = XdpLimits.FrameSize,
        };
        // Without CAP_IPC_LOCK the UMEM is charged to the limit on locked memory; raising it is tried, the registration is the judge.
        _ = MemoryLock.TryRaise(umem.Length);
        SetOption(XdpAbi.XDP_UMEM_REG, registration, string.Create(CultureInfo.InvariantCulture,
            $"the UMEM locks {umem.Length >> 20} MiB: give CAP_IPC_LOCK, or LimitMEMLOCK=infinity in the unit "
            + $"(the limit is {MemoryLock.Limit >> 10} KiB)"));
    }

    // In copy mode frames in flight are charged to the send buffer (net/xdp/xsk.c); with the default some hundred small ones fill it.
    private void RaiseSendBuffer()
    {
        var bytes = SendBufferBytes;
        _ = LibC.setsockopt(_descriptor.Value, LibC.SOL_SOCKET, LibC.SO_SNDBUFFORCE, &bytes, sizeof(int));
    }

    // A kernel without the option sends 32 frames a call.
    private bool RaiseBudget(int entries)
    {
        var budget = (uint)entries;
        return LibC.setsockopt(_descriptor.Value, XdpAbi.SOL_XDP, XdpAbi.XDP_MAX_TX_SKB_BUDGET, &budget, sizeof(uint)) == 0;
    }

    private void Bind(XdpDevice device, int queue, XskOptions options, XskSocket? shared)
    {
        // A socket that shares a UMEM inherits the first one's mode and may name none.
        var mode = (ushort)(XdpAbi.XDP_USE_NEED_WAKEUP | (options.ForceCopy ? XdpAbi.XDP_COPY : 0));
        var address = new XdpAbi.SocketAddress
        {
            Family = XdpAbi.AF_XDP,
            Flags = shared is null ? mode : XdpAbi.XDP_SHARED_UMEM,
            Device = (uint)device.Index,
            Queue = (uint)queue,
            SharedUmemDescriptor = shared is null ? 0 : (uint)shared._descriptor.Value,
        };
        var errno = 0;
        for (var attempt = 0; attempt < BindAttempts; attempt++)
        {
            if (LibC.bind(_descriptor.Value, (sockaddr*)&address, sizeof(XdpAbi.SocketAddress)) == 0) return;
            errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EBUSY) break;
            Thread.Sleep(BindPause);
        }

        throw new LinuxException("bind(AF_XDP)", _name, errno, errno switch
        {
            Errno.EBUSY => "another AF_XDP socket has this queue: stop its owner (`ss --xdp`)",
            Errno.EINVAL => string.Create(CultureInfo.InvariantCulture,
                $"the device has {device.RxQueues} receive queue(s), or its driver refuses: see `ethtool -l {device.Name}` and `dmesg`"),
            Errno.EOPNOTSUPP => "the devices of one port must all do zero copy or none: ask for copy mode",
            Errno.ENODEV => "the device is gone",
            Errno.ENETDOWN => $"bring it up: `ip link set dev {device.Name} up`",
            Errno.EPERM => "the user may not lock that much memory: give CAP_IPC_LOCK or LimitMEMLOCK=infinity in the unit",
            _ => null,
        });
    }

    private RingMemory MapRing<T>(XdpAbi.RingOffset offset, long place, int entries)
        where T : unmanaged
    {
        var length = (nuint)offset.Entries + (nuint)(entries * sizeof(T));
        var memory = LibC.mmap(null, (size_t)length, LibC.PROT_READ | LibC.PROT_WRITE,
            LibC.MAP_SHARED | LibC.MAP_POPULATE, _descriptor.Value, place);
        if ((nint)memory == -1) throw LinuxException.FromLastError("mmap(AF_XDP ring)", _name, "free memory, or use smaller rings");
        var start = (nint)memory;
        _mappings.Add((start, length));
        return new(start + (nint)offset.Producer, start + (nint)offset.Consumer, start + (nint)offset.Flags,
            start + (nint)offset.Entries, entries);
    }

    private void SetOption<T>(int option, T value, string? remedy)
        where T : unmanaged
    {
        if (LibC.setsockopt(_descriptor.Value, XdpAbi.SOL_XDP, option, &value, sizeof(T)) == 0) return;
        var errno = Marshal.GetLastPInvokeError();
        throw new LinuxException($"setsockopt({NameOf(option)})", _name, errno,
            errno is Errno.ENOBUFS or Errno.EPERM or Errno.ENOMEM ? remedy ?? "free memory, or use smaller rings" : remedy);
    }

    private T GetOption<T>(int option)
        where T : unmanaged
    {
        T value = default;
        uint length = (uint)sizeof(T);
        if (LibC.getsockopt(_descriptor.Value, XdpAbi.SOL_XDP, option, &value, (socklen_t*)&length) != 0)
            throw LinuxException.FromLastError($"getsockopt({NameOf(option)})", _name);
        // A kernel that answers shorter is older than flags in rings (5.4); everything here needs 5.10.
        return length == sizeof(T) || option == XdpAbi.XDP_STATISTICS
            ? value
            : throw new LinuxException($"getsockopt({NameOf(option)})", _name, Errno.EOPNOTSUPP, "Linux 5.10 or newer is needed");
    }

    private static string NameOf(int option) => option switch
    {
        XdpAbi.XDP_UMEM_REG => nameof(XdpAbi.XDP_UMEM_REG),
        XdpAbi.XDP_UMEM_FILL_RING => nameof(XdpAbi.XDP_UMEM_FILL_RING),
        XdpAbi.XDP_UMEM_COMPLETION_RING => nameof(XdpAbi.XDP_UMEM_COMPLETION_RING),
        XdpAbi.XDP_RX_RING => nameof(XdpAbi.XDP_RX_RING),
        XdpAbi.XDP_TX_RING => nameof(XdpAbi.XDP_TX_RING),
        XdpAbi.XDP_MMAP_OFFSETS => nameof(XdpAbi.XDP_MMAP_OFFSETS),
        XdpAbi.XDP_OPTIONS => nameof(XdpAbi.XDP_OPTIONS),
        _ => nameof(XdpAbi.XDP_STATISTICS),
    };
}
