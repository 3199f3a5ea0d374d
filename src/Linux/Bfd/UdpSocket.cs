using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Bfd;

/// <summary>What sending and receiving UDP sockets share: opening, options, binding (udp(7)).</summary>
internal static unsafe class UdpSocket
{
    /// <summary>Opens one in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">The kernel lacks the family.</exception>
    public static FileDescriptor Open(bool isV4)
    {
        var handle = LibC.socket(isV4 ? LibC.AF_INET : LibC.AF_INET6, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        return handle >= 0 ? new(handle) : throw LinuxException.FromLastError("socket", isV4 ? "UDP" : "UDP over IPv6");
    }

    /// <summary>Sets an option.</summary>
    /// <exception cref="LinuxException">The kernel does not want it.</exception>
    public static void Set(int socket, string name, int level, int option, int value)
    {
        if (LibC.setsockopt(socket, level, option, &value, sizeof(int)) != 0)
            throw LinuxException.FromLastError($"setsockopt({name})", "BFD socket");
    }

    /// <summary>Gives it an address and a port.</summary>
    /// <exception cref="LinuxException">The address is not this machine's, or the port is taken.</exception>
    public static void Bind(int socket, IpAddress128 address, ushort port, string? remedy)
    {
        if (TryBind(socket, address, port) is not 0 and var errno)
            throw new LinuxException("bind", $"{new Endpoint(address, port)}", errno, remedy);
    }

    /// <summary>Gives it an address and a port; returns 0 or errno.</summary>
    public static int TryBind(int socket, IpAddress128 address, ushort port)
    {
        var bytes = stackalloc byte[InternetAbi.SocketAddressSize];
        var length = InternetAbi.WriteSocketAddress(new(bytes, InternetAbi.SocketAddressSize), address, port);
        return LibC.bind(socket, (sockaddr*)bytes, length) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }
}
