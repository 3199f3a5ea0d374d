using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// Sends complete IPv4 or IPv6 datagrams out of one interface; they do not come back to this machine. It takes in nothing. One thread. No
/// allocation after the constructor.
/// </summary>
internal sealed unsafe class AdvertSender : IDisposable
{
    private readonly RawSocket _socket;

    /// <summary>Opens it on the interface of this index, in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">No CAP_NET_RAW, or the interface has gone.</exception>
    public AdvertSender(bool isV6, int linkIndex, string linkName)
    {
        _socket = new(isV6, linkIndex, linkName);
        try
        {
            TakeNothing();
            _socket.Set("SO_PRIORITY", LibC.SOL_SOCKET, LibC.SO_PRIORITY, SocketAbi.TC_PRIO_INTERACTIVE);
            if (isV6)
            {
                _socket.Set("IPV6_HDRINCL", LibC.IPPROTO_IPV6, SocketAbi.IPV6_HDRINCL, 1);
                _socket.Set("IPV6_MULTICAST_LOOP", LibC.IPPROTO_IPV6, LibC.IPV6_MULTICAST_LOOP, 0);
                _socket.Set("IPV6_MULTICAST_IF", LibC.IPPROTO_IPV6, LibC.IPV6_MULTICAST_IF, linkIndex);
                return;
            }

            _socket.Set("IP_HDRINCL", LibC.IPPROTO_IP, LibC.IP_HDRINCL, 1);
            _socket.Set("IP_MULTICAST_LOOP", LibC.IPPROTO_IP, LibC.IP_MULTICAST_LOOP, 0);
            var sendBy = new ip_mreqn { imr_ifindex = linkIndex };
            _socket.Set("IP_MULTICAST_IF", LibC.IPPROTO_IP, LibC.IP_MULTICAST_IF, &sendBy, sizeof(ip_mreqn));
        }
        catch (LinuxException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a datagram to the address that its header names; returns 0 or errno.</summary>
    public int Send(IpAddress128 destination, ReadOnlySpan<byte> datagram)
    {
        sockaddr_in6 to;
        var length = _socket.WriteAddress(destination, &to);
        // A group is on the link whatever the routing table says; a peer may be behind a router.
        var flags = LibC.MSG_DONTWAIT | (destination.IsMulticast ? LibC.MSG_DONTROUTE : 0);
        fixed (byte* data = datagram)
        {
            while (LibC.sendto(_socket.Handle, data, datagram.Length, flags, (sockaddr*)&to, length) < 0)
            {
                if (Marshal.GetLastPInvokeError() is not Errno.EINTR and var errno) return errno;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Without it the kernel would put a copy of every advert into a queue that nobody reads.</summary>
    private void TakeNothing()
    {
        var nothing = new SocketAbi.ClassicInstruction { Code = SocketAbi.ClassicReturn };
        var program = new SocketAbi.ClassicProgram { Length = 1, Instructions = &nothing };
        _socket.Set("SO_ATTACH_FILTER", LibC.SOL_SOCKET, SocketAbi.SO_ATTACH_FILTER, &program, sizeof(SocketAbi.ClassicProgram));
    }
}
