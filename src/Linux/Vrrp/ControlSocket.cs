using System.Runtime.InteropServices;
using Director.Linux.Abi;

namespace Director.Linux.Vrrp;

/// <summary>
/// One end of the wire between the main and the VRRP process: whole messages in order, each with descriptors if wanted (unix(7),
/// SOCK_SEQPACKET and SCM_RIGHTS). The other end learns of a process's death, however it died, by <see cref="ControlReceipt.Closed"/>.
/// Sending and receiving never block and allocate nothing without descriptors; one thread sends and one receives at a time.
/// </summary>
public sealed unsafe partial class ControlSocket : IDisposable
{
    /// <summary>Descriptors that one message may carry.</summary>
    public const int MaxDescriptors = 128;

    private const int AF_UNIX = 1;
    private const int SOCK_SEQPACKET = 5;
    private const int SOCK_CLOEXEC = 0x80000;
    private const int SOL_SOCKET = 1;
    private const int SO_SNDBUF = 7;
    private const int SO_SNDBUFFORCE = 32;
    private const int SCM_RIGHTS = 1;
    private const int MSG_CTRUNC = 0x8;
    private const int MSG_TRUNC = 0x20;
    private const int MSG_DONTWAIT = 0x40;
    private const int MSG_NOSIGNAL = 0x4000;
    private const int MSG_CMSG_CLOEXEC = 0x40000000;
    private const int F_SETFD = 2;
    private const int FD_CLOEXEC = 1;
    private const int SendBuffer = 1024 * 1024;
    private const string Library = "libc.so.6";

    private static readonly int ControlSize = sizeof(ControlHeader) + (MaxDescriptors * sizeof(int));

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
        if (SocketPair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
            throw LinuxException.FromLastError("socketpair", "AF_UNIX", "raise LimitNOFILE");
        var (first, second) = (new ControlSocket(ends[0]), new ControlSocket(ends[1]));
        first.Widen();
        second.Widen();
        return (first, second);
    }

    /// <summary>Lets the end be inherited by a program started from now on, or not.</summary>
    public void SetInheritable(bool inheritable) => _ = FileControl(Handle, F_SETFD, inheritable ? 0 : FD_CLOEXEC);

    /// <summary>Sends a message with copies of <paramref name="descriptors"/>; false if the other end is gone or does not read.</summary>
    public bool TrySend(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MaxDescriptors);
        var control = stackalloc byte[ControlSize];
        fixed (byte* data = message)
        {
            var part = new Part { Data = data, Length = (nuint)message.Length };
            var header = new MessageHeader { Parts = &part, PartCount = 1 };
            if (!descriptors.IsEmpty)
            {
                var length = sizeof(ControlHeader) + (descriptors.Length * sizeof(int));
                *(ControlHeader*)control = new() { Length = (nuint)length, Level = SOL_SOCKET, Type = SCM_RIGHTS };
                descriptors.CopyTo(new Span<int>(control + sizeof(ControlHeader), descriptors.Length));
                header.Control = control;
                header.ControlLength = (nuint)length;
            }

            while (SendMessage(Handle, &header, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
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
            var part = new Part { Data = data, Length = (nuint)room.Length };
            var header = new MessageHeader { Parts = &part, PartCount = 1, Control = control, ControlLength = (nuint)ControlSize };
            nint received;
            while ((received = ReceiveMessage(Handle, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC)) < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR) return errno == Errno.EAGAIN ? ControlReceipt.Nothing : ControlReceipt.Closed;
            }

            length = (int)received;
            descriptors = Descriptors(header);
            // No message is empty, so nothing is the end; and one that was cut came from nobody we know.
            return received == 0 || (header.Flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ? ControlReceipt.Closed : ControlReceipt.Message;
        }
    }

    /// <summary>Waits until something can be received.</summary>
    /// <param name="timeout">How long at most.</param>
    public void Wait(TimeSpan timeout)
    {
        var poll = new Tmds.Linux.pollfd { fd = Handle, events = Tmds.Linux.LibC.POLLIN };
        _ = Libc.Poll(&poll, 1, (int)Math.Ceiling(timeout.TotalMilliseconds));
    }

    /// <summary>Waits until there is room to send, or nobody to send to.</summary>
    /// <param name="timeout">How long at most.</param>
    public void WaitToSend(TimeSpan timeout)
    {
        var poll = new Tmds.Linux.pollfd { fd = Handle, events = Tmds.Linux.LibC.POLLOUT };
        _ = Libc.Poll(&poll, 1, (int)Math.Ceiling(timeout.TotalMilliseconds));
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    private static int[]? Descriptors(in MessageHeader header)
    {
        if (header.ControlLength < (nuint)sizeof(ControlHeader)) return null;
        var control = (ControlHeader*)header.Control;
        if (control->Level != SOL_SOCKET || control->Type != SCM_RIGHTS) return null;
        var count = ((int)control->Length - sizeof(ControlHeader)) / sizeof(int);
        return new Span<int>((byte*)header.Control + sizeof(ControlHeader), count).ToArray();
    }

    private void Widen()
    {
        var size = SendBuffer;
        if (SetOption(Handle, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(int)) != 0)
            _ = SetOption(Handle, SOL_SOCKET, SO_SNDBUF, &size, sizeof(int));
    }

    /// <summary>struct iovec.</summary>
    private struct Part
    {
        public byte* Data;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct cmsghdr.</summary>
    private struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }

    [LibraryImport(Library, EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int domain, int type, int protocol, int* ends);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int descriptor, int level, int option, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, nint argument);

    [LibraryImport(Library, EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int descriptor, MessageHeader* message, int flags);

    [LibraryImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int descriptor, MessageHeader* message, int flags);
}
