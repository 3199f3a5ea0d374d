using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>A raw socket of IP protocol 112 on one interface (raw(7)). Owned by one thread.</summary>
internal sealed unsafe class RawSocket : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly string _linkName;

    /// <summary>Opens it on the interface of this index, in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">No CAP_NET_RAW, no such family, or the interface has gone.</exception>
    public RawSocket(bool isV6, int linkIndex, string linkName)
    {
        (IsV6, LinkIndex, _linkName) = (isV6, linkIndex, linkName);
        var family = isV6 ? LibC.AF_INET6 : LibC.AF_INET;
        Handle = LibC.socket(family, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, (int)IpProtocol.Vrrp);
        if (Handle < 0)
            throw LinuxException.FromLastError("socket", $"VRRP (IP protocol 112) over IPv{(isV6 ? 6 : 4)}", "run with CAP_NET_RAW");
        _descriptor = new(Handle);
        try
        {
            Set("SO_BINDTOIFINDEX", LibC.SOL_SOCKET, SocketAbi.SO_BINDTOIFINDEX, linkIndex);
        }
        catch (LinuxException)
        {
            _descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is of IPv6.</summary>
    public bool IsV6 { get; }

    /// <summary>The interface.</summary>
    public int LinkIndex { get; }

    /// <summary>The descriptor, valid until disposed.</summary>
    public int Handle { get; }

    /// <summary>The address as sendto(2) and bind(2) take it, in the first bytes of <paramref name="room"/>; returns its length.</summary>
    public int WriteAddress(IpAddress128 address, sockaddr_in6* room)
    {
        *room = default;
        if (!IsV6)
        {
            var v4 = (sockaddr_in*)room;
            v4->sin_family = LibC.AF_INET;
            address.WriteTo(new(&v4->sin_addr, sizeof(in_addr)));
            return sizeof(sockaddr_in);
        }

        room->sin6_family = LibC.AF_INET6;
        address.WriteTo(new(&room->sin6_addr, sizeof(in6_addr)));
        var needsScope = address.IsLinkLocal || address.IsMulticast;
        room->sin6_scope_id = needsScope ? (uint)LinkIndex : 0;
        return sizeof(sockaddr_in6);
    }

    /// <summary>Sets an option that is a number.</summary>
    /// <exception cref="LinuxException">The kernel refuses it.</exception>
    public void Set(string name, int level, int option, int value) => Set(name, level, option, &value, sizeof(int));

    /// <summary>Sets an option.</summary>
    /// <exception cref="LinuxException">The kernel refuses it.</exception>
    public void Set(string name, int level, int option, void* value, int length)
    {
        if (LibC.setsockopt(Handle, level, option, value, length) != 0)
            throw LinuxException.FromLastError($"setsockopt({name})", _linkName);
    }

    /// <summary>Binds it to an address, so that it receives only what is sent there.</summary>
    /// <exception cref="LinuxException">The kernel refuses it.</exception>
    public void Bind(IpAddress128 address)
    {
        sockaddr_in6 room;
        var length = WriteAddress(address, &room);
        if (LibC.bind(Handle, (sockaddr*)&room, length) != 0) throw LinuxException.FromLastError("bind", $"{address} on {_linkName}");
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
