using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;
using static Director.Linux.Vrrp.VrrpCalls;

namespace Director.Linux.Vrrp;

/// <summary>
/// A raw socket for the advertisements of one interface (raw(7)): bound to it, member of the VRRP group there and of nothing else, sending
/// complete IPv4 datagrams that do not come back to this machine. One thread. No allocation after the constructor.
/// </summary>
internal sealed unsafe class AdvertSocket : IDisposable
{
    // A few hundred adverts; a longer queue would only hold staler ones.
    private const int ReceiveBuffer = 128 * 1024;

    private readonly FileDescriptor _descriptor;
    private readonly int _handle;
    private InetAddress _group;

    /// <summary>Opens it on the interface of this index, in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">No CAP_NET_RAW, or the interface has gone.</exception>
    public AdvertSocket(int linkIndex, string linkName)
    {
        _handle = VrrpCalls.Socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, (int)IpProtocol.Vrrp);
        if (_handle < 0) throw LinuxException.FromLastError("socket", "VRRP (IP protocol 112)", "run with CAP_NET_RAW");
        _descriptor = new(_handle);
        try
        {
            var group = BinaryPrimitives.ReverseEndianness(AdvertisementDatagram.Group.V4);
            _group = new() { Family = AF_INET, Address = group };
            Set("SO_BINDTOIFINDEX", SOL_SOCKET, SO_BINDTOIFINDEX, linkIndex, linkName);
            Set("SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, ReceiveBuffer, linkName);
            Set("SO_PRIORITY", SOL_SOCKET, SO_PRIORITY, TC_PRIO_INTERACTIVE, linkName);
            Set("IP_HDRINCL", IPPROTO_IP, IP_HDRINCL, 1, linkName);
            Set("IP_MULTICAST_LOOP", IPPROTO_IP, IP_MULTICAST_LOOP, 0, linkName);
            Set("IP_MULTICAST_ALL", IPPROTO_IP, IP_MULTICAST_ALL, 0, linkName);
            var sendBy = new MulticastRequest { Link = linkIndex };
            Set("IP_MULTICAST_IF", IPPROTO_IP, IP_MULTICAST_IF, &sendBy, sizeof(MulticastRequest), linkName);
            var join = new MulticastRequest { Group = group, Link = linkIndex };
            Set("IP_ADD_MEMBERSHIP", IPPROTO_IP, IP_ADD_MEMBERSHIP, &join, sizeof(MulticastRequest), linkName);
            fixed (InetAddress* address = &_group)
            {
                if (VrrpCalls.Bind(_handle, address, (uint)sizeof(InetAddress)) != 0)
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
        fixed (InetAddress* group = &_group)
        {
            while (VrrpCalls.Send(_handle, data, (nuint)datagram.Length, MSG_DONTROUTE | MSG_DONTWAIT, group,
                (uint)sizeof(InetAddress)) < 0)
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
            nint length;
            fixed (byte* data = room) length = VrrpCalls.Receive(_handle, data, (nuint)room.Length, MSG_DONTWAIT | MSG_TRUNC);
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
        if (SetOption(_handle, level, option, value, (uint)length) != 0)
            throw LinuxException.FromLastError($"setsockopt({name})", linkName);
    }
}
