using System.Runtime.InteropServices;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Xdp;
using Director.Tests.Support;
using Tmds.Linux;

namespace Director.Tests.Linux.Xdp;

/// <summary>A packet socket (packet(7)) on one link: sends frames as they are and hears all that arrive there, but not its own.</summary>
internal sealed unsafe class Wire : IDisposable
{
    private const int EthPAllNetworkOrder = 0x0300;
    private const int SOL_PACKET = 263;
    private const int PACKET_IGNORE_OUTGOING = 23;
    private const int ReceiveBuffer = 64 << 20;
    private const int SO_RCVBUFFORCE = 33;

    private readonly FileDescriptor _socket;
    private readonly byte[] _buffer = new byte[65536];

    private Wire(FileDescriptor socket) => _socket = socket;

    public static Wire Open(NetworkNamespace where, string link = "eth0") => NamespaceThread.Run(where, () =>
    {
        var index = XdpDevice.Open(link).Index;
        var socket = new FileDescriptor(
            LibC.socket(LibC.AF_PACKET, LibC.SOCK_RAW | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, EthPAllNetworkOrder));
        Assert.True(socket.Value >= 0);
        var one = 1;
        Assert.Equal(0, LibC.setsockopt(socket.Value, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(int)));
        var size = ReceiveBuffer;
        Assert.Equal(0, LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(int)));
        var address = new sockaddr_ll { sll_family = (ushort)LibC.AF_PACKET, sll_protocol = EthPAllNetworkOrder, sll_ifindex = index };
        Assert.Equal(0, LibC.bind(socket.Value, (sockaddr*)&address, sizeof(sockaddr_ll)));
        return new Wire(socket);
    });

    /// <summary>Sends; waits while the link is busy.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* data = frame)
        {
            while (LibC.send(_socket.Value, data, (uint)frame.Length, 0) != frame.Length)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno != LibC.EAGAIN && errno != LibC.ENOBUFS) throw new LinuxException("send", "a test's wire", errno);
            }
        }
    }

    /// <summary>The next frame, or null if none arrives within <paramref name="patience"/>.</summary>
    public byte[]? Receive(TimeSpan patience)
    {
        var poll = new pollfd { fd = _socket.Value, events = (short)LibC.POLLIN };
        if (LibC.poll(&poll, 1, (int)patience.TotalMilliseconds) <= 0) return null;
        fixed (byte* data = _buffer)
        {
            var length = (int)LibC.recv(_socket.Value, data, _buffer.Length, 0);
            return length <= 0 ? null : _buffer[..length];
        }
    }

    /// <summary>
    /// Counts frames until <paramref name="count"/> of those that <paramref name="wanted"/> were seen, at most ten seconds after the
    /// last.
    /// </summary>
    public List<byte[]> Collect(int count, Predicate<byte[]> wanted)
    {
        var found = new List<byte[]>();
        while (found.Count < count && Receive(TimeSpan.FromSeconds(10)) is { } frame) if (wanted(frame)) found.Add(frame);
        return found;
    }

    /// <summary>What has arrived already and was not yet received.</summary>
    public List<byte[]> Rest(Predicate<byte[]> wanted)
    {
        var found = new List<byte[]>();
        while (Receive(TimeSpan.Zero) is { } frame) if (wanted(frame)) found.Add(frame);
        return found;
    }

    public void Dispose() => _socket.Dispose();
}
