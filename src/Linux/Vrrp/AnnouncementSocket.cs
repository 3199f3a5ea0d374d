using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Director.Vrrp.Wire;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// Sends gratuitous ARP and unsolicited neighbour advertisements on any interface (packet(7)). It is bound to no protocol and so receives
/// nothing. One thread; no allocation.
/// </summary>
internal sealed unsafe class AnnouncementSocket : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly byte[] _frame = GC.AllocateUninitializedArray<byte>(NeighbourAdvertisement.Size, pinned: true);

    /// <summary>Opens it in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">No CAP_NET_RAW.</exception>
    public AnnouncementSocket()
    {
        var descriptor = LibC.socket(LibC.AF_PACKET, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, 0);
        if (descriptor < 0) throw LinuxException.FromLastError("socket", "AF_PACKET", "run with CAP_NET_RAW");
        _descriptor = new(descriptor);
    }

    /// <summary>Sends one frame for an address; returns 0 or errno.</summary>
    public int Announce(in AnnouncementSource by, IpAddress128 address)
    {
        var length = address.IsV4 ? GratuitousArp.Size : NeighbourAdvertisement.Size;
        if (address.IsV4) GratuitousArp.Write(_frame, by.Mac, address);
        else NeighbourAdvertisement.Write(_frame, by.Mac, address, by.IsRouter);
        var to = new sockaddr_ll { sll_family = (ushort)LibC.AF_PACKET, sll_ifindex = by.LinkIndex };
        fixed (byte* data = _frame)
        {
            while (LibC.sendto(_descriptor.Value, data, length, LibC.MSG_DONTWAIT, (sockaddr*)&to, sizeof(sockaddr_ll)) < 0)
            {
                if (Marshal.GetLastPInvokeError() is not Errno.EINTR and var errno) return errno;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
