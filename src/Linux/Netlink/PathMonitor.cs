using Director.Linux.Abi;
using Tmds.Linux;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Hears of changes of routes and rules as they happen (rtnetlink(7), multicast groups), in the network namespace that the opening thread
/// is in. One thread. Reading allocates nothing, for a router may have hundreds of thousands of routes.
/// </summary>
internal sealed class PathMonitor : IDisposable
{
    private readonly NetlinkSocket _socket = new();
    private int _next;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public PathMonitor()
    {
        if (_socket.TrySetOption(LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, NetlinkLimits.MonitorBufferSize) != 0)
            _ = _socket.TrySetOption(LibC.SOL_SOCKET, LibC.SO_RCVBUF, NetlinkLimits.MonitorBufferSize);
        // Without IPv6 its groups are there and silent.
        foreach (var group in (ReadOnlySpan<int>)[RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV6_RULE])
            _ = _socket.TrySetOption(LibC.SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    }

    /// <summary>The descriptor, for poll(2).</summary>
    public int Handle => _socket.Handle;

    /// <summary>Takes the next message; false if none waits. What was lost is told by <paramref name="isOverrun"/> alone.</summary>
    /// <exception cref="LinuxException">The socket is broken.</exception>
    public bool TryRead(out ushort type, out ReadOnlySpan<byte> payload, out bool isOverrun)
    {
        (type, isOverrun) = (0, false);
        payload = default;
        while (true)
        {
            var unread = _socket.Datagram[_next..];
            if (NetlinkMessage.TryRead(ref unread, out var message))
            {
                type = message.Type;
                payload = _socket.Datagram.Slice(_next + HeaderSize, message.Payload.Length);
                _next = _socket.Datagram.Length - unread.Length;
                return true;
            }

            _next = 0;
            var errno = _socket.Receive();
            if (errno == Errno.EAGAIN) return false;
            isOverrun = errno == Errno.ENOBUFS;
            if (isOverrun) return true;
            if (errno != 0) throw new LinuxException("recvfrom", "netlink events of routes", errno);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
