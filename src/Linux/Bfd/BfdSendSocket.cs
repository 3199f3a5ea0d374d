using System.Runtime.InteropServices;
using Director.Bfd;
using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Bfd;

/// <summary>
/// The UDP socket that one session sends by: from its source address, if it has one, and a port of its own (RFC 5881 §4), with its hop
/// limit. It hears nothing that matters. One thread. No allocation after the constructor.
/// </summary>
internal sealed unsafe class BfdSendSocket : IDisposable
{
    // CS6, internetwork control, as routing protocols have it; and the priority that queueing disciplines let pass first.
    private const int InternetworkControl = 0xc0;
    private const int TC_PRIO_INTERACTIVE = 6;

    // Whoever sends to the source port fills no more than this.
    private const int SmallestReceiveBuffer = 1;

    private readonly FileDescriptor _descriptor;
    private readonly int _handle;
    private readonly byte[] _neighbor = new byte[InternetAbi.SocketAddressSize];
    private readonly int _neighborLength;

    /// <summary>Opens it in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">The source address is not this machine's.</exception>
    public BfdSendSocket(BfdSettings settings)
    {
        var isV4 = settings.Neighbor.IsV4;
        _descriptor = UdpSocket.Open(isV4);
        try
        {
            _handle = _descriptor.Value;
            if (isV4)
            {
                UdpSocket.Set(_handle, "IP_TTL", InternetAbi.IPPROTO_IP, InternetAbi.IP_TTL, settings.HopLimit);
                UdpSocket.Set(_handle, "IP_TOS", InternetAbi.IPPROTO_IP, InternetAbi.IP_TOS, InternetworkControl);
            }
            else
            {
                UdpSocket.Set(_handle, "IPV6_V6ONLY", InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_V6ONLY, 1);
                UdpSocket.Set(_handle, "IPV6_UNICAST_HOPS", InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_UNICAST_HOPS, settings.HopLimit);
                UdpSocket.Set(_handle, "IPV6_TCLASS", InternetAbi.IPPROTO_IPV6, InternetAbi.IPV6_TCLASS, InternetworkControl);
            }

            UdpSocket.Set(_handle, "SO_PRIORITY", LibC.SOL_SOCKET, LibC.SO_PRIORITY, TC_PRIO_INTERACTIVE);
            UdpSocket.Set(_handle, "SO_RCVBUF", LibC.SOL_SOCKET, LibC.SO_RCVBUF, SmallestReceiveBuffer);
            Bind(settings.Source ?? (isV4 ? IpAddress128.FromV4(0) : default));
            var port = settings.IsMultihop ? BfdPorts.Multihop : BfdPorts.SingleHop;
            _neighborLength = InternetAbi.WriteSocketAddress(_neighbor, settings.Neighbor, port);
        }
        catch (LinuxException)
        {
            _descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Sends a packet; returns 0 or errno.</summary>
    public int Send(ReadOnlySpan<byte> packet)
    {
        fixed (byte* data = packet)
        fixed (byte* neighbor = _neighbor)
        {
            while (LibC.sendto(_handle, data, packet.Length, LibC.MSG_DONTWAIT, (sockaddr*)neighbor, _neighborLength) < 0)
            {
                if (Marshal.GetLastPInvokeError() is not Errno.EINTR and var errno) return errno;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    /// <summary>Begins anywhere in the range, so that an heir does not send from its predecessor's port, and takes the next free.</summary>
    private void Bind(IpAddress128 source)
    {
        const int Ports = ushort.MaxValue + 1 - BfdPorts.FirstSource;
        var first = Random.Shared.Next(Ports);
        var errno = 0;
        for (var i = 0; i < Ports; i++)
        {
            errno = UdpSocket.TryBind(_handle, source, (ushort)(BfdPorts.FirstSource + ((first + i) % Ports)));
            if (errno == 0) return;
            if (errno != Errno.EADDRINUSE) break;
        }

        throw new LinuxException("bind", source.ToString(), errno, "give this machine the address, or correct source_ip");
    }
}
