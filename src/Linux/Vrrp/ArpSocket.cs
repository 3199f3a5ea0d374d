using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Director.Vrrp.Wire;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// Sends gratuitous ARP frames on any interface (packet(7)). It is bound to no protocol and so receives nothing. One thread.
/// </summary>
internal sealed unsafe class ArpSocket : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly byte[] _frame = GC.AllocateUninitializedArray<byte>(GratuitousArp.Size, pinned: true);

    /// <summary>Opens it in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">No CAP_NET_RAW.</exception>
    public ArpSocket()
    {
        var descriptor = LibC.socket(LibC.AF_PACKET, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, 0);
        if (descriptor < 0) throw LinuxException.FromLastError("socket", "AF_PACKET", "run with CAP_NET_RAW");
        _descriptor = new(descriptor);
    }

    /// <summary>Sends one frame for an IPv4 address; returns 0 or errno.</summary>
    public int Announce(int linkIndex, MacAddress sender, IpAddress128 address)
    {
        GratuitousArp.Write(_frame, sender, address);
        var to = new sockaddr_ll { sll_family = (ushort)LibC.AF_PACKET, sll_ifindex = linkIndex };
        fixed (byte* data = _frame)
        {
            while (LibC.sendto(_descriptor.Value, data, GratuitousArp.Size, LibC.MSG_DONTWAIT, (sockaddr*)&to, sizeof(sockaddr_ll)) < 0)
            {
                if (Marshal.GetLastPInvokeError() is not Errno.EINTR and var errno) return errno;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
