using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Tmds.Linux;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// A netlink(7) socket of the network namespace that the opening thread is in. Never blocks. One thread at a time.
/// </summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(NetlinkLimits.ReceiveSize, pinned: true);
    private int _length;

    /// <summary>Opens and binds.</summary>
    /// <param name="protocol">Whom of the kernel it speaks to.</param>
    /// <param name="groups">Multicast groups to join, a bit each; those beyond 32 are joined by option.</param>
    /// <exception cref="LinuxException">The process has no descriptors left.</exception>
    public NetlinkSocket(int protocol = NETLINK_ROUTE, uint groups = 0)
    {
        var descriptor = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, protocol);
        if (descriptor < 0) throw LinuxException.FromLastError("socket", "AF_NETLINK", "raise LimitNOFILE");
        _descriptor = new(descriptor);
        var address = new SocketAddress { Family = (ushort)LibC.AF_NETLINK, Groups = groups };
        if (LibC.bind(descriptor, (sockaddr*)&address, sizeof(SocketAddress)) == 0) return;
        var errno = Marshal.GetLastPInvokeError();
        _descriptor.Dispose();
        throw new LinuxException("bind", "AF_NETLINK", errno);
    }

    /// <summary>The descriptor, for poll(2). Readable when <see cref="Receive"/> has something.</summary>
    public int Handle => _descriptor.Value;

    /// <summary>Sets an option; returns 0 or errno, as some options are newer than some kernels.</summary>
    public int TrySetOption(int level, int option, int value) =>
        LibC.setsockopt(Handle, level, option, &value, sizeof(int)) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Hands a message to the kernel, which has acted on it when this returns. Returns 0 or errno.</summary>
    public int Send(ReadOnlySpan<byte> message)
    {
        var kernel = new SocketAddress { Family = (ushort)LibC.AF_NETLINK };
        fixed (byte* data = message)
        {
            while (LibC.sendto(Handle, data, message.Length, 0, (sockaddr*)&kernel, sizeof(SocketAddress)) < 0)
            {
                if (Marshal.GetLastPInvokeError() is not Errno.EINTR and var errno) return errno;
            }
        }

        return 0;
    }

    /// <summary>What <see cref="Receive"/> took last, one or more messages; valid until the next call.</summary>
    public ReadOnlySpan<byte> Datagram => _buffer.AsSpan(0, _length);

    /// <summary>
    /// Takes the next datagram into <see cref="Datagram"/>, which is empty after an error. What another process sent is thrown away: only
    /// the kernel's port 0 is believed. Returns 0 or errno: EAGAIN if nothing waits, ENOBUFS if the kernel had to drop messages.
    /// </summary>
    public int Receive()
    {
        _length = 0;
        while (true)
        {
            SocketAddress sender;
            socklen_t senderLength = sizeof(SocketAddress);
            long length;
            fixed (byte* data = _buffer)
            {
                length = LibC.recvfrom(Handle, data, _buffer.Length, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC,
                    (sockaddr*)&sender, &senderLength);
            }

            if (length < 0)
            {
                if (Marshal.GetLastPInvokeError() is not Errno.EINTR and var errno) return errno;
                continue;
            }

            if (senderLength < sizeof(SocketAddress) || sender.Port != 0) continue;
            // A datagram longer than the buffer has lost messages, exactly as one that the kernel could not queue.
            if (length > _buffer.Length) return Errno.ENOBUFS;
            _length = (int)length;
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
