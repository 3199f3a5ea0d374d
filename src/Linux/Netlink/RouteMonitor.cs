using System.Globalization;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Tmds.Linux;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Hears of changes of links, addresses and neighbours as they happen (rtnetlink(7), multicast groups), in the network namespace that the
/// opening thread is in. Open it first and dump with <see cref="RouteSocket"/> then, so that nothing falls between. One thread at a time.
/// </summary>
public sealed class RouteMonitor : IDisposable
{
    private readonly NetlinkSocket _socket = new();
    private int _next;

    /// <summary>Starts to listen.</summary>
    /// <param name="groups">To what.</param>
    /// <param name="bufferSize">
    /// Bytes of events that may wait before some are lost; without CAP_NET_ADMIN <c>net.core.rmem_max</c> bounds it.
    /// </param>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public RouteMonitor(RouteGroups groups, int bufferSize = NetlinkLimits.MonitorBufferSize)
    {
        if (_socket.TrySetOption(LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, bufferSize) != 0)
            _ = _socket.TrySetOption(LibC.SOL_SOCKET, LibC.SO_RCVBUF, bufferSize);
        if (groups.HasFlag(RouteGroups.Links)) Join(RTNLGRP_LINK);
        if (groups.HasFlag(RouteGroups.Addresses))
        {
            Join(RTNLGRP_IPV4_IFADDR);
            Join(RTNLGRP_IPV6_IFADDR);
        }

        if (groups.HasFlag(RouteGroups.Neighbours)) Join(RTNLGRP_NEIGH);
    }

    /// <summary>
    /// The descriptor, for poll(2) and epoll(7): readable when <see cref="TryRead"/> should be called until it says false.
    /// </summary>
    public int Handle => _socket.Handle;

    /// <summary>Events that could not be read and were skipped. Not expected to move.</summary>
    public long Unreadable { get; private set; }

    /// <summary>
    /// Takes the next change; false if none waits. Never blocks. Neighbours allocate nothing; addresses their label, links their strings.
    /// </summary>
    /// <exception cref="LinuxException">The socket is broken.</exception>
    public bool TryRead(out RouteChange change)
    {
        while (true)
        {
            var unread = _socket.Datagram[_next..];
            while (NetlinkMessage.TryRead(ref unread, out var message))
            {
                _next = _socket.Datagram.Length - unread.Length;
                if (RouteChange.TryParse(message.Type, message.Payload, out change)) return true;
                Unreadable++;
            }

            _next = 0;
            var errno = _socket.Receive();
            switch (errno)
            {
                case 0:
                    continue;
                case Errno.EAGAIN:
                    change = default;
                    return false;
                case Errno.ENOBUFS:
                    change = RouteChange.Overrun;
                    return true;
                default:
                    throw new LinuxException("recvfrom", "netlink events", errno);
            }
        }
    }

    /// <summary>Waits until there is something to read. For programs without a poll loop of their own, and for tests.</summary>
    /// <param name="timeout">How long at most; rounded up to milliseconds.</param>
    /// <returns>Whether there is.</returns>
    /// <exception cref="LinuxException">The socket is broken.</exception>
    public unsafe bool Wait(TimeSpan timeout)
    {
        if (_next < _socket.Datagram.Length) return true;
        var poll = new pollfd { fd = Handle, events = LibC.POLLIN };
        var ready = Libc.Poll(&poll, 1, (int)Math.Ceiling(timeout.TotalMilliseconds));
        if (ready >= 0) return ready > 0;
        // Interrupted is not ready; the caller's loop asks again.
        return Marshal.GetLastPInvokeError() == Errno.EINTR ? false : throw LinuxException.FromLastError("poll", "netlink events");
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Join(int group)
    {
        var errno = _socket.TrySetOption(LibC.SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
        if (errno == 0) return;
        Dispose();
        var subject = string.Create(CultureInfo.InvariantCulture, $"group {group}");
        throw new LinuxException("setsockopt(NETLINK_ADD_MEMBERSHIP)", subject, errno);
    }
}
