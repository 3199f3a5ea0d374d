using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Linux.Xdp;
using Tmds.Linux;

namespace Director.Linux.PacketMmap;

/// <summary>What the packet sockets that receive and those that send have in common (packet(7)).</summary>
internal static unsafe class PacketSocket
{
    public const int SO_SNDBUFFORCE = 32;
    public const int SO_RCVBUFFORCE = 33;

    /// <summary>Opens one that receives nothing yet.</summary>
    /// <exception cref="LinuxException">The process may not.</exception>
    public static FileDescriptor Open(XdpDevice device)
    {
        var descriptor = LibC.socket(LibC.AF_PACKET, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, 0);
        if (descriptor >= 0) return new(descriptor);
        var errno = Marshal.GetLastPInvokeError();
        throw new LinuxException("socket(AF_PACKET)", device.Name, errno, errno switch
        {
            Errno.EPERM => "run as root or with CAP_NET_RAW (AmbientCapabilities= of the unit)",
            Errno.EAFNOSUPPORT => "the kernel is built without CONFIG_PACKET",
            _ => null,
        });
    }

    /// <summary>Binds one to a device; <paramref name="protocol"/> is what it receives, 0 for nothing.</summary>
    /// <exception cref="LinuxException">The device is gone or down.</exception>
    public static void Bind(int socket, XdpDevice device, ushort protocol)
    {
        var address = new sockaddr_ll { sll_family = (ushort)LibC.AF_PACKET, sll_protocol = protocol, sll_ifindex = device.Index };
        if (LibC.bind(socket, (sockaddr*)&address, sizeof(sockaddr_ll)) == 0) return;
        var errno = Marshal.GetLastPInvokeError();
        throw new LinuxException("bind(AF_PACKET)", device.Name, errno, errno switch
        {
            Errno.ENETDOWN => $"bring it up: `ip link set dev {device.Name} up`",
            Errno.ENODEV => "the device is gone",
            _ => null,
        });
    }

    /// <summary>Has more wait in the kernel than a socket may by default; without the right to it stays at that.</summary>
    public static void RaiseBuffer(int socket, int option)
    {
        var bytes = PacketLimits.SocketBuffer;
        _ = LibC.setsockopt(socket, LibC.SOL_SOCKET, option, &bytes, sizeof(int));
    }

    /// <summary>Takes a socket's pending error; 0 if there is none.</summary>
    public static int TakeError(int socket)
    {
        var errno = 0;
        var length = (uint)sizeof(int);
        _ = LibC.getsockopt(socket, LibC.SOL_SOCKET, LibC.SO_ERROR, &errno, (socklen_t*)&length);
        return errno;
    }
}
