using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Director.Bfd.Ports;
using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Bfd;

/// <summary>
/// The UDP socket that all sessions of one address family and port share: of any address, telling of each packet where it was sent to and
/// the hop limit that it came with. One thread. No allocation after the constructor.
/// </summary>
internal sealed unsafe class BfdReceiveSocket : IDisposable
{
    // Some hundreds of packets; a longer queue would only hold staler ones.
    private const int ReceiveBuffer = 128 * 1024;

    private const int ControlSize = 128;

    private readonly FileDescriptor _descriptor;
    private readonly bool _isMultihop;

    /// <summary>Opens it in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">Another program has the port, or the kernel lacks the family.</exception>
    public BfdReceiveSocket(bool isV4, bool isMultihop)
    {
        _isMultihop = isMultihop;
        var port = isMultihop ? BfdPorts.Multihop : BfdPorts.SingleHop;
        _descriptor = UdpSocket.Open(isV4);
        try
        {
            Handle = _descriptor.Value;
            if (isV4)
            {
                UdpSocket.Set(Handle, "IP_PKTINFO", InternetAbi.IPPROTO_IP, InternetAbi.IP_PKTINFO, 1);
                UdpSocket.Set(Handle, "IP_RECVTTL", InternetAbi.IPPROTO_IP, InternetAbi.IP_RECVTTL, 1);
            }
            else
            {
                UdpSocket.Set(Handle, "IPV6_V6ONLY", InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_V6ONLY, 1);
                UdpSocket.Set(Handle, "IPV6_RECVPKTINFO", InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_RECVPKTINFO, 1);
                UdpSocket.Set(Handle, "IPV6_RECVHOPLIMIT", InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_RECVHOPLIMIT, 1);
            }

            UdpSocket.Set(Handle, "SO_RCVBUF", LibC.SOL_SOCKET, LibC.SO_RCVBUF, ReceiveBuffer);
            UdpSocket.Bind(Handle, isV4 ? IpAddress128.FromV4(0) : default, port, "stop the other BFD program of this machine");
        }
        catch (LinuxException)
        {
            _descriptor.Dispose();
            throw;
        }
    }

    /// <summary>The descriptor, for poll(2).</summary>
    public int Handle { get; }

    /// <summary>Takes what waits, as long as there is room; returns false if there was none for the last.</summary>
    public bool Receive(ReceivedPackets packets)
    {
        var control = stackalloc byte[ControlSize];
        var source = stackalloc byte[InternetAbi.SocketAddressSize];
        while (!packets.IsFull)
        {
            var room = packets.Free;
            long length;
            msghdr header;
            fixed (byte* data = room)
            {
                var part = new iovec { iov_base = data, iov_len = room.Length };
                header = new()
                {
                    msg_name = source,
                    msg_namelen = InternetAbi.SocketAddressSize,
                    msg_iov = &part,
                    msg_iovlen = 1,
                    msg_control = control,
                    msg_controllen = ControlSize,
                };
                length = LibC.recvmsg(Handle, &header, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
            }

            if (length >= 0)
            {
                var (destination, hopLimit) = Read(new(control, (int)header.msg_controllen));
                var from = InternetAbi.ReadSocketAddress(new(source, InternetAbi.SocketAddressSize));
                packets.Append((int)length, new(from, destination, hopLimit, _isMultihop));
            }
            else if (Marshal.GetLastPInvokeError() != Errno.EINTR)
            {
                // EINTR aside, what is not a packet is the end of the queue.
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    /// <summary>Walks the control messages (cmsg(3)): length, level, type, data, padded to eight bytes.</summary>
    private static (IpAddress128 Destination, byte HopLimit) Read(ReadOnlySpan<byte> control)
    {
        const int HeaderSize = 16;
        var (destination, hopLimit) = (default(IpAddress128), (byte)0);
        while (control.Length >= HeaderSize)
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(control);
            if (length < HeaderSize || length > control.Length) break;
            var data = control[HeaderSize..(int)length];
            switch (BinaryPrimitives.ReadInt32LittleEndian(control[8..]), BinaryPrimitives.ReadInt32LittleEndian(control[12..]))
            {
                case (InternetAbi.IPPROTO_IP, InternetAbi.IP_TTL):
                case (InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_HOPLIMIT):
                    hopLimit = data[0];
                    break;
                case (InternetAbi.IPPROTO_IP, InternetAbi.IP_PKTINFO):
                    destination = IpAddress128.ReadV4(data[InternetAbi.PacketInfoDestination..]);
                    break;
                case (InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_PKTINFO):
                    destination = IpAddress128.ReadV6(data);
                    break;
            }

            control = control[Math.Min((int)(length + 7) & ~7, control.Length)..];
        }

        return (destination, hopLimit);
    }
}
