using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// What an IPv6 packet carries behind its extension headers (RFC 8200 §4), found as the kernel does: by walking over them (Linux
/// net/ipv6/exthdrs_core.c <c>ipv6_find_hdr</c>).
/// </summary>
/// <param name="Protocol">Of the first header that is no extension header.</param>
/// <param name="Offset">Where that stands, from the start of the IPv6 header.</param>
/// <param name="Fragment">The fragment header's offset-and-flags field, or 0 without one: see <see cref="IsLaterFragment"/>.</param>
/// <param name="Identification">That of the fragment header.</param>
/// <param name="IsFragment">Whether there is a fragment header.</param>
internal readonly record struct Ipv6Chain(IpProtocol Protocol, int Offset, ushort Fragment, uint Identification, bool IsFragment)
{
    private const byte HopByHop = 0, Routing = 43, FragmentHeader = 44, Authentication = 51, DestinationOptions = 60;

    /// <summary>Every extension header is of eight bytes and more.</summary>
    private const int Unit = 8;

    /// <summary>Whether the packet is a piece of a datagram, not a whole one with a fragment header (RFC 6946).</summary>
    public bool IsPiece => (Fragment & 0xfff9) != 0;

    /// <summary>Whether the packet is a piece of another datagram than its first one: no ports in it.</summary>
    public bool IsLaterFragment => (Fragment & 0xfff8) != 0;

    /// <summary>
    /// Walks over <paramref name="packet"/>, which holds a whole IPv6 header. False if it is too short for its extension headers, or has
    /// more than <see cref="DatapathLimits.MaxExtensionHeaders"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFind(ReadOnlySpan<byte> packet, out Ipv6Chain chain)
    {
        var next = packet[6];
        chain = new((IpProtocol)next, Ipv6Header.Size, 0, 0, false);
        return chain.Protocol is IpProtocol.Tcp or IpProtocol.Udp || !IsExtension(next) || TryWalk(packet, next, out chain);
    }

    private static bool TryWalk(ReadOnlySpan<byte> packet, byte next, out Ipv6Chain chain)
    {
        var offset = Ipv6Header.Size;
        ushort fragment = 0;
        uint identification = 0;
        var isFragment = false;
        chain = default;
        for (var headers = 0; IsExtension(next); headers++)
        {
            if (headers == DatapathLimits.MaxExtensionHeaders || offset + Unit > packet.Length) return false;
            var length = next switch
            {
                FragmentHeader => Unit,
                Authentication => (packet[offset + 1] + 2) * 4,
                _ => (packet[offset + 1] + 1) * Unit,
            };
            if (next == FragmentHeader)
            {
                fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[(offset + 2)..]);
                identification = BinaryPrimitives.ReadUInt32BigEndian(packet[(offset + 4)..]);
                isFragment = true;
            }

            next = packet[offset];
            offset += length;
            // What follows the header of a later fragment is the middle of something.
            if ((fragment & 0xfff8) != 0) break;
        }

        chain = new((IpProtocol)next, offset, fragment, identification, isFragment);
        return true;
    }

    private static bool IsExtension(byte next) => next is HopByHop or Routing or FragmentHeader or Authentication or DestinationOptions;
}
