using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Director.Net.Wire;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// Receives the adverts of one interface that go to one group, or to the machine's own addresses: member of that group and of nothing
/// else. IPv6 datagrams, which the kernel delivers without their header, get one in front that says what matters of it. One thread. No
/// allocation after the constructor.
/// </summary>
internal sealed unsafe class AdvertReceiver : IDisposable
{
    // A few hundred adverts; a longer queue would only hold staler ones.
    private const int DefaultReceiveBuffer = 128 * 1024;

    // Room for hop limit, destination and fragment size.
    private const int ControlSize = 128;

    private readonly RawSocket _socket;

    /// <summary>Opens it in the network namespace of the calling thread.</summary>
    /// <param name="selector">What it receives.</param>
    /// <param name="linkIndex">On which interface.</param>
    /// <param name="linkName">Its name.</param>
    /// <param name="reporterIndex">An interface that joins the group too, so that switches hear of it; 0 for none.</param>
    /// <param name="receiveBuffer">Bytes of the buffer; 0 for our choice.</param>
    /// <param name="filter">What the kernel keeps away.</param>
    /// <exception cref="LinuxException">No CAP_NET_RAW, the interface has gone, or it has no such family.</exception>
    public AdvertReceiver(
        AdvertSelector selector, int linkIndex, string linkName, int reporterIndex, int receiveBuffer, AdvertFilter? filter)
    {
        (Selector, Filter) = (selector, filter);
        _socket = new(selector.IsV6, linkIndex, linkName);
        try
        {
            if (filter is not null)
            {
                _socket.Set("SO_ATTACH_BPF", LibC.SOL_SOCKET, PacketAbi.SO_ATTACH_BPF, filter.ProgramDescriptor);
            }

            var buffer = receiveBuffer > 0 ? receiveBuffer : DefaultReceiveBuffer;
            if (LibC.setsockopt(_socket.Handle, LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, &buffer, sizeof(int)) != 0)
                _socket.Set("SO_RCVBUF", LibC.SOL_SOCKET, LibC.SO_RCVBUF, buffer);
            Prepare(selector.IsV6);
            if (!selector.IsUnicast)
            {
                Join(selector.Group, linkIndex);
                if (reporterIndex != 0) Join(selector.Group, reporterIndex);
                _socket.Bind(selector.Group);
            }
        }
        catch (LinuxException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>What it receives.</summary>
    public AdvertSelector Selector { get; }

    /// <summary>What the kernel keeps away from it; null if the kernel keeps nothing away.</summary>
    public AdvertFilter? Filter { get; }

    /// <summary>The descriptor, for poll(2).</summary>
    public int Handle => _socket.Handle;

    /// <summary>Takes what waits, as long as there is room; returns false if there was none for the last.</summary>
    public bool Receive(ReceivedDatagrams datagrams, int link)
    {
        var control = stackalloc byte[ControlSize];
        sockaddr_in6 from;
        while (!datagrams.IsFull)
        {
            var room = datagrams.Free;
            var before = _socket.IsV6 ? Ipv6Header.Size : 0;
            fixed (byte* data = room)
            {
                var part = new iovec { iov_base = data + before, iov_len = room.Length - before };
                var header = new msghdr
                {
                    msg_name = &from, msg_namelen = sizeof(sockaddr_in6), msg_iov = &part, msg_iovlen = 1, msg_control = control,
                    msg_controllen = ControlSize,
                };
                var length = (long)LibC.recvmsg(_socket.Handle, &header, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
                if (length < 0)
                {
                    // EINTR aside, what is not a datagram is the end of the queue or an error of the interface, which netlink tells better.
                    if (Marshal.GetLastPInvokeError() != Errno.EINTR) return true;
                    continue;
                }

                var attached = new ReadOnlySpan<byte>(control, (int)Math.Min((uint)header.msg_controllen, ControlSize));
                var fragmented = Attached.Read(attached, out var hopLimit, out var destination);
                if (_socket.IsV6)
                    WriteHeader(room, length, hopLimit, IpAddress128.ReadV6(new(&from.sin6_addr, sizeof(in6_addr))), destination);
                datagrams.Append(link, (int)Math.Min(before + length, int.MaxValue), fragmented);
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        Filter?.Dispose();
    }

    /// <summary>The payload's length is that of the whole datagram, so that one that did not fit is seen not to be whole.</summary>
    private static void WriteHeader(Span<byte> room, long length, byte hopLimit, IpAddress128 source, IpAddress128 destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(room, 0x6000 | AdvertisementDatagram.TypeOfService << 4);
        room[2..4].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(room[4..], (ushort)Math.Min(length, ushort.MaxValue));
        (room[6], room[7]) = ((byte)IpProtocol.Vrrp, hopLimit);
        source.WriteMappedTo(room[8..]);
        destination.WriteMappedTo(room[24..]);
    }

    private void Prepare(bool isV6)
    {
        if (!isV6)
        {
            _socket.Set("IP_MULTICAST_ALL", LibC.IPPROTO_IP, LibC.IP_MULTICAST_ALL, 0);
            _socket.Set("IP_RECVFRAGSIZE", LibC.IPPROTO_IP, SocketAbi.IP_RECVFRAGSIZE, 1);
            return;
        }

        _socket.Set("IPV6_MULTICAST_ALL", LibC.IPPROTO_IPV6, SocketAbi.IPV6_MULTICAST_ALL, 0);
        _socket.Set("IPV6_RECVFRAGSIZE", LibC.IPPROTO_IPV6, SocketAbi.IPV6_RECVFRAGSIZE, 1);
        _socket.Set("IPV6_RECVHOPLIMIT", LibC.IPPROTO_IPV6, LibC.IPV6_RECVHOPLIMIT, 1);
        _socket.Set("IPV6_RECVPKTINFO", LibC.IPPROTO_IPV6, LibC.IPV6_RECVPKTINFO, 1);
    }

    private void Join(IpAddress128 group, int linkIndex)
    {
        if (group.IsV4)
        {
            var join = new ip_mreqn { imr_ifindex = linkIndex };
            group.WriteTo(new(join.imr_multiaddr.s_addr, sizeof(in_addr)));
            _socket.Set("IP_ADD_MEMBERSHIP", LibC.IPPROTO_IP, LibC.IP_ADD_MEMBERSHIP, &join, sizeof(ip_mreqn));
            return;
        }

        // struct ipv6_mreq: the group, then the interface's index.
        Span<byte> joinV6 = stackalloc byte[20];
        group.WriteTo(joinV6);
        MemoryMarshal.Write(joinV6[16..], linkIndex);
        fixed (byte* membership = joinV6)
            _socket.Set("IPV6_JOIN_GROUP", LibC.IPPROTO_IPV6, LibC.IPV6_JOIN_GROUP, membership, joinV6.Length);
    }
}
