using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// One end of the wire between the main and the VRRP process: whole messages in order, each with descriptors if wanted (unix(7),
/// SOCK_SEQPACKET and SCM_RIGHTS). The other end learns of a process's death, however it died, by <see cref="ControlReceipt.Closed"/>.
/// Sending and receiving never block and allocate nothing without descriptors; one thread sends and one receives at a time.
/// </summary>
public sealed unsafe class ControlSocket : IDisposable
{
    /// <summary>Descriptors that one message may carry.</summary>
    public const int MaxDescriptors = 128;

    private const int SendBuffer = 1024 * 1024;

    private static readonly int ControlSize = sizeof(cmsghdr) + (MaxDescriptors * sizeof(int));

    private readonly FileDescriptor _descriptor;

    /// <summary>Takes over an end that this process inherited.</summary>
    public ControlSocket(int descriptor) => _descriptor = new(descriptor);

    /// <summary>The descriptor, for poll(2).</summary>
    public int Handle => _descriptor.Value;

    /// <summary>Makes the two ends; neither survives an exec.</summary>
    /// <exception cref="LinuxException">The process has no descriptors left.</exception>
    public static (ControlSocket First, ControlSocket Second) CreatePair()
    {
        var ends = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ends) != 0)
            throw LinuxException.FromLastError("socketpair", "AF_UNIX", "raise LimitNOFILE");
        var (first, second) = (new ControlSocket(ends[0]), new ControlSocket(ends[1]));
        first.Widen();
        second.Widen();
        return (first, second);
    }

    /// <summary>Lets the end be inherited by a program started from now on, or not.</summary>
    public void SetInheritable(bool inheritable) => _ = LibC.fcntl(Handle, LibC.F_SETFD, inheritable ? 0 : LibC.FD_CLOEXEC);

    /// <summary>Sends a message with copies of <paramref name="descriptors"/>; false if the other end is gone or does not read.</summary>
    public bool TrySend(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MaxDescriptors);
        var control = stackalloc byte[ControlSize];
        fixed (byte* data = message)
        {
            var part = new iovec { iov_base = data, iov_len = message.Length };
            var header = new msghdr { msg_iov = &part, msg_iovlen = 1 };
            if (!descriptors.IsEmpty)
            {
                var length = sizeof(cmsghdr) + (descriptors.Length * sizeof(int));
                *(cmsghdr*)control = new() { cmsg_len = length, cmsg_level = LibC.SOL_SOCKET, cmsg_type = LibC.SCM_RIGHTS };
                descriptors.CopyTo(new Span<int>(control + sizeof(cmsghdr), descriptors.Length));
                header.msg_control = control;
                header.msg_controllen = length;
            }

            while (LibC.sendmsg(Handle, &header, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL) < 0)
            {
                if (Marshal.GetLastPInvokeError() != Errno.EINTR) return false;
            }
        }

        return true;
    }

    /// <summary>Takes the next message, if one waits.</summary>
    /// <param name="room">Where it goes.</param>
    /// <param name="length">Its length.</param>
    /// <param name="descriptors">What came with it, owned by the caller; null if nothing did.</param>
    public ControlReceipt TryReceive(Span<byte> room, out int length, out int[]? descriptors)
    {
        (length, descriptors) = (0, null);
        var control = stackalloc byte[ControlSize];
        fixed (byte* data = room)
        {
            var part = new iovec { iov_base = data, iov_len = room.Length };
            var header = new msghdr { msg_iov = &part, msg_iovlen = 1, msg_control = control, msg_controllen = ControlSize };
            long received;
            while ((received = LibC.recvmsg(Handle, &header, LibC.MSG_DONTWAIT | LibC.MSG_CMSG_CLOEXEC)) < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR) return errno == Errno.EAGAIN ? ControlReceipt.Nothing : ControlReceipt.Closed;
            }

            length = (int)received;
            descriptors = Descriptors(header);
            // No message is empty, so nothing is the end; and one that was cut came from nobody we know.
            var isCut = (header.msg_flags & (LibC.MSG_TRUNC | LibC.MSG_CTRUNC)) != 0;
            return received == 0 || isCut ? ControlReceipt.Closed : ControlReceipt.Message;
        }
    }

    /// <summary>Waits until something can be received.</summary>
    /// <param name="timeout">How long at most.</param>
    public void Wait(TimeSpan timeout) => Wait(LibC.POLLIN, timeout);

    /// <summary>Waits until there is room to send, or nobody to send to.</summary>
    /// <param name="timeout">How long at most.</param>
    public void WaitToSend(TimeSpan timeout) => Wait(LibC.POLLOUT, timeout);

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private static int[]? Descriptors(in msghdr header)
    {
        if (header.msg_controllen < sizeof(cmsghdr)) return null;
        var control = (cmsghdr*)header.msg_control;
        if (control->cmsg_level != LibC.SOL_SOCKET || control->cmsg_type != LibC.SCM_RIGHTS) return null;
        var count = ((int)control->cmsg_len - sizeof(cmsghdr)) / sizeof(int);
        return new Span<int>((byte*)header.msg_control + sizeof(cmsghdr), count).ToArray();
    }

    private void Wait(short events, TimeSpan timeout)
    {
        var poll = new pollfd { fd = Handle, events = events };
        _ = Libc.Poll(&poll, 1, (int)Math.Ceiling(timeout.TotalMilliseconds));
    }

    private void Widen()
    {
        var size = SendBuffer;
        if (LibC.setsockopt(Handle, LibC.SOL_SOCKET, LibC.SO_SNDBUFFORCE, &size, sizeof(int)) != 0)
            _ = LibC.setsockopt(Handle, LibC.SOL_SOCKET, LibC.SO_SNDBUF, &size, sizeof(int));
    }
}
