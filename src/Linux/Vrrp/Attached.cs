using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// What the kernel attaches to a received raw datagram (cmsg(3)): for each, <c>| length, 8 bytes | level, 4 | type, 4 | data | padding to
/// 8 |</c>.
/// </summary>
internal static class Attached
{
    private const int HeaderSize = 16;

    /// <summary>Reads all that is whole; returns whether the datagram came in fragments.</summary>
    /// <param name="control">What recvmsg(2) wrote.</param>
    /// <param name="hopLimit">IPv6: its hop limit; 0 if not told.</param>
    /// <param name="destination">IPv6: where it was sent to; unspecified if not told.</param>
    public static bool Read(ReadOnlySpan<byte> control, out byte hopLimit, out IpAddress128 destination)
    {
        (hopLimit, destination) = (0, default);
        var fragmented = false;
        while (control.Length >= HeaderSize)
        {
            var length = MemoryMarshal.Read<long>(control);
            if (length < HeaderSize || length > control.Length) break;
            var (level, type) = (MemoryMarshal.Read<int>(control[8..]), MemoryMarshal.Read<int>(control[12..]));
            var data = control[HeaderSize..(int)length];
            if (level == LibC.IPPROTO_IP && type == SocketAbi.IP_RECVFRAGSIZE) fragmented = true;
            if (level == LibC.IPPROTO_IPV6 && type == SocketAbi.IPV6_RECVFRAGSIZE) fragmented = true;
            if (level == LibC.IPPROTO_IPV6 && type == LibC.IPV6_HOPLIMIT && data.Length >= sizeof(int))
                hopLimit = (byte)MemoryMarshal.Read<int>(data);
            if (level == LibC.IPPROTO_IPV6 && type == LibC.IPV6_PKTINFO && data.Length >= 16) destination = IpAddress128.ReadV6(data);
            var padded = (length + 7) & ~7L;
            if (padded >= control.Length) break;
            control = control[(int)padded..];
        }

        return fragmented;
    }
}
