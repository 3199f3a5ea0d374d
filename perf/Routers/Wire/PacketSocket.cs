using System.Runtime.InteropServices;

namespace Director.Perf.Routers.Wire;

/// <summary>
/// Sends by one device of the calling thread's network namespace, or hears what comes in there (packet(7)), with the kernel's own time of
/// each frame: on a veth that is when the sender's system call handed it over, however late anybody reads it.
/// </summary>
internal sealed unsafe partial class PacketSocket : IDisposable
{
    private const int AF_PACKET = 17, SOCK_RAW = 3, SOCK_CLOEXEC = 0x80000;
    private const int SOL_SOCKET = 1, SO_RCVTIMEO = 20, SO_RCVBUFFORCE = 33;
    private const int SOL_PACKET = 263, PACKET_IGNORE_OUTGOING = 23;
    private const int SIOCGSTAMPNS = 0x8907;
    private const ushort EveryProtocol = 0x0300; // ETH_P_ALL in network order

    private readonly int _descriptor;

    /// <summary>Opens the socket to send by <paramref name="device"/>; nothing can be read.</summary>
    public PacketSocket(string device)
    {
        _descriptor = Check(Socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), "socket");
        BindTo(device, 0);
    }

    /// <summary>Opens the socket; what comes in at <paramref name="device"/> from now on can be read.</summary>
    /// <param name="device">The device.</param>
    /// <param name="patience">How long to wait for a frame.</param>
    public PacketSocket(string device, TimeSpan patience)
    {
        _descriptor = Check(Socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), "socket");
        // No frame before this counts, and none after it is missed: a socket of protocol 0 hears nothing until it is bound.
        int yes = 1, buffer = 8 << 20;
        Check(SetOption(_descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof(int)), "PACKET_IGNORE_OUTGOING");
        Check(SetOption(_descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof(int)), "SO_RCVBUFFORCE");
        var wait = stackalloc long[] { (long)patience.TotalSeconds, patience.Milliseconds * 1000 };
        Check(SetOption(_descriptor, SOL_SOCKET, SO_RCVTIMEO, wait, 2 * sizeof(long)), "SO_RCVTIMEO");
        // The first question has no answer, and has the kernel stamp what comes from now on.
        long* time = stackalloc long[2];
        _ = Ioctl(_descriptor, SIOCGSTAMPNS, time);
        BindTo(device, EveryProtocol);
    }

    /// <summary>Sends a frame as it is; false if the kernel did not take it.</summary>
    public bool Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* start = frame) return SendTo(_descriptor, start, (nuint)frame.Length, 0, null, 0) == frame.Length;
    }

    /// <summary>Waits for a frame: its length, cut to the buffer's, and when it came; 0 if none came in time.</summary>
    public int Receive(Span<byte> buffer, out DateTime at)
    {
        at = default;
        fixed (byte* start = buffer)
        {
            var length = (int)ReceiveFrom(_descriptor, start, (nuint)buffer.Length, 0, null, null);
            if (length <= 0) return 0;
            long* time = stackalloc long[2];
            Check(Ioctl(_descriptor, SIOCGSTAMPNS, time), "SIOCGSTAMPNS");
            at = DateTime.UnixEpoch.AddTicks((time[0] * TimeSpan.TicksPerSecond) + (time[1] / TimeSpan.NanosecondsPerTick));
            return length;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Close(_descriptor);

    private void BindTo(string device, ushort protocol)
    {
        var address = new LinkAddress { Family = AF_PACKET, Protocol = protocol, Index = checked((int)IndexOf(device)) };
        Check(address.Index == 0 ? -1 : 0, "if_nametoindex");
        Check(Bind(_descriptor, &address, sizeof(LinkAddress)), "bind");
    }

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new PerfException($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    private struct LinkAddress
    {
        public ushort Family;
        public ushort Protocol;
        public int Index;
        public ushort HardwareType;
        public byte PacketType;
        public byte Length;
        public ulong Hardware;
    }

    [LibraryImport("libc.so.6", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc.so.6", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport("libc.so.6", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, LinkAddress* address, int length);

    [LibraryImport("libc.so.6", EntryPoint = "recvfrom", SetLastError = true)]
    private static partial nint ReceiveFrom(int socket, byte* buffer, nuint length, int flags, void* address, void* addressLength);

    [LibraryImport("libc.so.6", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(int socket, byte* frame, nuint length, int flags, void* address, uint addressLength);

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, void* argument);

    [LibraryImport("libc.so.6", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint IndexOf(string device);

    [LibraryImport("libc.so.6", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
