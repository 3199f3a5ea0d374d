using System.Buffers.Binary;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Netlink;

/// <summary>
/// Hears of processes that come and go (Linux Documentation/driver-api/connector.rst, include/uapi/linux/cn_proc.h). The kernel tells only
/// those with CAP_NET_ADMIN in the first network and process namespace; it confirms that it will. One thread at a time.
/// </summary>
/// <remarks>
/// <code>
///  0      nlmsghdr (16)
/// 16      cn_msg: idx 4, val 4, seq 4, ack 4, len 2, flags 2
/// 36      to the kernel: operation 4      from it: proc_event: what 4, cpu 4, time 8, then per event
/// 52      process, thread group …
/// </code>
/// </remarks>
public sealed class ProcessMonitor : IDisposable
{
    private const int NETLINK_CONNECTOR = 11;
    private const uint CN_IDX_PROC = 1, CN_VAL_PROC = 1, PROC_CN_MCAST_LISTEN = 1;
    private const int HeaderLength = 16, ConnectorLength = 20, EventAt = HeaderLength + ConnectorLength, DataAt = EventAt + 16;

    private readonly NetlinkSocket _socket;

    /// <summary>Asks the kernel to tell.</summary>
    /// <param name="bufferSize">Bytes of events that may wait before some are lost.</param>
    /// <exception cref="LinuxException">There is no such thing in this kernel or namespace, or we may not hear it.</exception>
    public ProcessMonitor(int bufferSize = NetlinkLimits.MonitorBufferSize)
    {
        _socket = new(NETLINK_CONNECTOR, CN_IDX_PROC);
        if (_socket.TrySetOption(LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, bufferSize) != 0)
            _ = _socket.TrySetOption(LibC.SOL_SOCKET, LibC.SO_RCVBUF, bufferSize);
        Span<byte> message = stackalloc byte[EventAt + sizeof(uint)];
        message.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        const ushort NLMSG_DONE = 3;
        BinaryPrimitives.WriteUInt16LittleEndian(message[4..], NLMSG_DONE);
        BinaryPrimitives.WriteUInt32LittleEndian(message[HeaderLength..], CN_IDX_PROC);
        BinaryPrimitives.WriteUInt32LittleEndian(message[(HeaderLength + 4)..], CN_VAL_PROC);
        BinaryPrimitives.WriteUInt16LittleEndian(message[(HeaderLength + 16)..], sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(message[EventAt..], PROC_CN_MCAST_LISTEN);
        var errno = _socket.Send(message);
        if (errno == 0) return;
        _socket.Dispose();
        throw new LinuxException("sendto", "process events", errno);
    }

    /// <summary>The descriptor, for poll(2): readable when <see cref="TryRead"/> should be called until it says false.</summary>
    public int Handle => _socket.Handle;

    /// <summary>Takes the next event that matters; false if none waits. Never blocks.</summary>
    /// <exception cref="LinuxException">The socket is broken.</exception>
    public bool TryRead(out ProcessEvent happened)
    {
        while (true)
        {
            happened = default;
            switch (_socket.Receive())
            {
                case 0: break;
                case Errno.EAGAIN: return false;
                case Errno.ENOBUFS:
                    happened = new(ProcessEventKind.Overrun, 0);
                    return true;
                case var errno: throw new LinuxException("recvfrom", "process events", errno);
            }

            if (TryParse(_socket.Datagram, out happened)) return true;
        }
    }

    /// <summary>Reads a message; false for what does not matter: threads, and changes of users, sessions and the like.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> message, out ProcessEvent happened)
    {
        happened = default;
        if (message.Length < DataAt + 4) return false;
        var data = message[DataAt..];
        switch (BinaryPrimitives.ReadUInt32LittleEndian(message[EventAt..]))
        {
            case 0:
                var error = BinaryPrimitives.ReadUInt32LittleEndian(data);
                happened = new(ProcessEventKind.Confirmed, 0);
                return error == 0;
            case 1 when data.Length >= 16:
                var child = BinaryPrimitives.ReadInt32LittleEndian(data[8..]);
                var group = BinaryPrimitives.ReadInt32LittleEndian(data[12..]);
                happened = new(ProcessEventKind.Forked, child, BinaryPrimitives.ReadInt32LittleEndian(data[4..]));
                return child == group;
            case 2: return OfProcess(ProcessEventKind.Executed, data, out happened);
            case 0x200: return OfProcess(ProcessEventKind.Renamed, data, out happened);
            case 0x80000000: return OfProcess(ProcessEventKind.Ended, data, out happened);
            default: return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static bool OfProcess(ProcessEventKind kind, ReadOnlySpan<byte> data, out ProcessEvent happened)
    {
        happened = default;
        if (data.Length < 8) return false;
        var (thread, group) = (BinaryPrimitives.ReadInt32LittleEndian(data), BinaryPrimitives.ReadInt32LittleEndian(data[4..]));
        happened = new(kind, group);
        return thread == group;
    }
}
