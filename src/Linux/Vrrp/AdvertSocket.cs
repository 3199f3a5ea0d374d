using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// A raw socket for the advertisements of one interface (raw(7)): bound to it, member of the VRRP group there and of nothing else, sending
/// complete IPv4 datagrams that do not come back to this machine. One thread. No allocation after the constructor.
/// </summary>
internal sealed unsafe class AdvertSocket : IDisposable
{
    // A few hundred adverts; a longer queue would only hold staler ones.
    private const int ReceiveBuffer = 128 * 1024;

    // Linux include/uapi/asm-generic/socket.h.
    private const int SO_BINDTOIFINDEX = 62;

    // The priority that queueing disciplines let pass first, of those open to all (Linux include/uapi/linux/pkt_sched.h).
    private const int TC_PRIO_INTERACTIVE = 6;

    private readonly FileDescriptor _descriptor;
    private readonly int _handle;
    private sockaddr_in _group;

    /// <summary>Opens it on the interface of this index, in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">No CAP_NET_RAW, or the interface has gone.</exception>
    public AdvertSocket(int linkIndex, string linkName)
    {
        _handle = LibC.socket(LibC.AF_INET, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, (int)IpProtocol.Vrrp);
        if (_handle < 0) throw LinuxException.FromLastError("socket", "VRRP (IP protocol 112)", "run with CAP_NET_RAW");
        _descriptor = new(_handle);
        try
        {
            Set("SO_BINDTOIFINDEX", LibC.SOL_SOCKET, SO_BINDTOIFINDEX, linkIndex, linkName);
            Set("SO_RCVBUF", LibC.SOL_SOCKET, LibC.SO_RCVBUF, ReceiveBuffer, linkName);
            Set("SO_PRIORITY", LibC.SOL_SOCKET, LibC.SO_PRIORITY, TC_PRIO_INTERACTIVE, linkName);
            Set("IP_HDRINCL", LibC.IPPROTO_IP, LibC.IP_HDRINCL, 1, linkName);
            Set("IP_MULTICAST_LOOP", LibC.IPPROTO_IP, LibC.IP_MULTICAST_LOOP, 0, linkName);
            Set("IP_MULTICAST_ALL", LibC.IPPROTO_IP, LibC.IP_MULTICAST_ALL, 0, linkName);
            var sendBy = new ip_mreqn { imr_ifindex = linkIndex };
            Set("IP_MULTICAST_IF", LibC.IPPROTO_IP, LibC.IP_MULTICAST_IF, &sendBy, sizeof(ip_mreqn), linkName);
            var join = sendBy;
            AdvertisementDatagram.Group.WriteTo(new(join.imr_multiaddr.s_addr, sizeof(in_addr)));
            Set("IP_ADD_MEMBERSHIP", LibC.IPPROTO_IP, LibC.IP_ADD_MEMBERSHIP, &join, sizeof(ip_mreqn), linkName);
            fixed (sockaddr_in* group = &_group)
            {
                group->sin_family = LibC.AF_INET;
                group->sin_addr = join.imr_multiaddr;
                if (LibC.bind(_handle, (sockaddr*)group, sizeof(sockaddr_in)) != 0)
                    throw LinuxException.FromLastError("bind", $"224.0.0.18 on {linkName}");
            }
        }
        catch (LinuxException)
        {
            _descriptor.Dispose();
            throw;
        }
    }

    /// <summary>The descriptor, for poll(2).</summary>
    public int Handle => _handle;

    /// <summary>Sends a complete datagram to the group; returns 0 or errno.</summary>
    public int Send(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* data = datagram)
        fixed (sockaddr_in* group = &_group)
        {
            while (LibC.sendto(_handle, data, datagram.Length, LibC.MSG_DONTROUTE | LibC.MSG_DONTWAIT,
                (sockaddr*)group, sizeof(sockaddr_in)) < 0)
            {
                if (Marshal.GetLastPInvokeError() is not Errno.EINTR and var errno) return errno;
            }
        }

        return 0;
    }

    /// <summary>Takes what waits, as long as there is room; returns false if there was none for the last.</summary>
    public bool Receive(ReceivedDatagrams datagrams, int link)
    {
        while (!datagrams.IsFull)
        {
            var room = datagrams.Free;
            long length;
            fixed (byte* data = room) length = LibC.recv(_handle, data, room.Length, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
            if (length >= 0) datagrams.Append(link, (int)length);
            // EINTR aside, what is not a datagram is the end of the queue or an error of the interface, which netlink tells better.
            else if (Marshal.GetLastPInvokeError() != Errno.EINTR) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private void Set(string name, int level, int option, int value, string linkName) =>
        Set(name, level, option, &value, sizeof(int), linkName);

    private void Set(string name, int level, int option, void* value, int length, string linkName)
    {
        if (LibC.setsockopt(_handle, level, option, value, length) != 0)
            throw LinuxException.FromLastError($"setsockopt({name})", linkName);
    }
}
