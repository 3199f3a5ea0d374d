using Director.Linux.Abi;

namespace Director.Linux.Xdp;

/// <summary>What one socket has done since it was opened: its queue, its mode, our counters and the kernel's (XDP_STATISTICS).</summary>
public sealed record XskSocketStatistics
{
    /// <summary>Name of the device.</summary>
    public required string Device { get; init; }

    /// <summary>The queue of the device.</summary>
    public required int Queue { get; init; }

    /// <summary>Whether the driver works in our memory itself (XDP_OPTIONS); else the kernel copies each frame.</summary>
    public required bool ZeroCopy { get; init; }

    /// <summary>Frames received.</summary>
    public required long Received { get; init; }

    /// <summary>Frames given to the kernel to send.</summary>
    public required long Transmitted { get; init; }

    /// <summary>Frames dropped because the kernel did not send as fast as they came, or not at all.</summary>
    public required long TransmitFull { get; init; }

    /// <summary>Addresses from the kernel that were not of a frame it had: refused. More than 0 is a driver's bug.</summary>
    public required long RefusedAddresses { get; init; }

    /// <summary>Slots settled twice: refused. More than 0 is a mistake of ours.</summary>
    public required long RefusedSlots { get; init; }

    /// <summary>Frames that the kernel has now, to receive into or received and not yet taken.</summary>
    public required int Posted { get; init; }

    /// <summary>Frames that the kernel has now, to send or sent and not yet given back.</summary>
    public required int Outstanding { get; init; }

    /// <summary>Calls that had the kernel send.</summary>
    public required long Kicks { get; init; }

    /// <summary>Of these, how many ended before all was sent; the rest follows.</summary>
    public required long KicksUnfinished { get; init; }

    /// <summary>Of these, how many were refused, such as by a device that is down.</summary>
    public required long KicksRefused { get; init; }

    /// <summary>The last refusal, such as <c>Network is down (ENETDOWN)</c>, or null.</summary>
    public required string? LastKickRefusal { get; init; }

    /// <summary>Kernel: frames dropped for want of a frame to receive into, or too long for one.</summary>
    public required ulong RxDropped { get; init; }

    /// <summary>Kernel: frames dropped because we did not take earlier ones in time.</summary>
    public required ulong RxRingFull { get; init; }

    /// <summary>Kernel: times that it found no frame to receive into.</summary>
    public required ulong RxFillRingEmpty { get; init; }

    /// <summary>Kernel: addresses of ours that it refused to receive into.</summary>
    public required ulong RxInvalidDescriptors { get; init; }

    /// <summary>Kernel: descriptors of ours that it refused to send.</summary>
    public required ulong TxInvalidDescriptors { get; init; }

    /// <summary>Reads a lane's counters and the kernel's.</summary>
    internal static XskSocketStatistics Of(XskLane lane)
    {
        var counters = lane.Counters;
        var socket = lane.Socket as XskSocket;
        var kernel = socket?.Statistics ?? default;
        var errno = Volatile.Read(ref counters.LastKickErrno);
        return new()
        {
            Device = socket?.DeviceName ?? "",
            Queue = socket?.Queue ?? 0,
            ZeroCopy = socket?.IsZeroCopy ?? false,
            Received = Volatile.Read(ref counters.Received),
            Transmitted = Volatile.Read(ref counters.Transmitted),
            TransmitFull = Volatile.Read(ref counters.TransmitFull),
            RefusedAddresses = Volatile.Read(ref counters.RefusedReceives) + Volatile.Read(ref counters.RefusedCompletions)
                + (long)(lane.Socket.Rx.Inconsistencies + lane.Socket.Completion.Inconsistencies),
            RefusedSlots = Volatile.Read(ref counters.RefusedSlots),
            Posted = lane.Posted,
            Outstanding = lane.Outstanding,
            Kicks = Volatile.Read(ref counters.Kicks),
            KicksUnfinished = Volatile.Read(ref counters.KicksUnfinished),
            KicksRefused = Volatile.Read(ref counters.KicksRefused),
            LastKickRefusal = errno == 0 ? null : Errno.Describe(errno),
            RxDropped = kernel.RxDropped,
            RxRingFull = kernel.RxRingFull,
            RxFillRingEmpty = kernel.RxFillRingEmpty,
            RxInvalidDescriptors = kernel.RxInvalidDescriptors,
            TxInvalidDescriptors = kernel.TxInvalidDescriptors,
        };
    }
}
