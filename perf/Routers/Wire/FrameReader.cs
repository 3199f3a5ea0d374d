using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Director.Perf.Routers.Wire;

/// <summary>Tells what a frame is: one of the things that are seen, or nothing that anybody asks for.</summary>
internal static class FrameReader
{
    private const int EthernetBytes = 14, Ipv6Bytes = 40, ArpBytes = 28, AuthenticationHeaderBytes = 24;
    private const int Icmp = 1, Igmp = 2, AuthenticationHeader = 51, IcmpV6 = 58, Vrrp = 112, HopByHop = 0;

    /// <summary>Reads a frame from the Ethernet header on; null if it is of no interest.</summary>
    public static object? Read(DateTime at, string from, ReadOnlySpan<byte> frame)
    {
        if (frame.Length < EthernetBytes) return null;
        var packet = frame[EthernetBytes..];
        return BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) switch
        {
            0x0806 => ReadArp(at, from, frame, packet),
            0x0800 when packet.Length >= 20 => ReadIpv4(at, from, frame, packet),
            0x86dd when packet.Length >= Ipv6Bytes => ReadIpv6(at, from, frame, packet),
            _ => null,
        };
    }

    private static SeenAnnouncement? ReadArp(DateTime at, string from, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> arp) =>
        arp.Length >= ArpBytes && arp[14..18].SequenceEqual(arp[24..28])
            ? new(at, from, Mac(frame[6..]), Mac(arp[8..]), new IPAddress(arp[14..18]), 0) : null;

    private static object? ReadIpv4(DateTime at, string from, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> packet)
    {
        var headerBytes = (packet[0] & 0x0f) * 4;
        var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), packet.Length);
        if (headerBytes < 20 || length < headerBytes + 8) return null;
        var payload = packet[headerBytes..length];
        var (source, destination) = (new IPAddress(packet[12..16]), new IPAddress(packet[16..20]));
        return packet[9] switch
        {
            Vrrp => new SeenAdvert(at, from, Mac(frame[6..]), source, destination, packet[8], payload.ToArray(), null),
            AuthenticationHeader when payload.Length >= AuthenticationHeaderBytes + 8 && payload[0] == Vrrp => new SeenAdvert(
                at, from, Mac(frame[6..]), source, destination, packet[8], payload[AuthenticationHeaderBytes..].ToArray(),
                BinaryPrimitives.ReadUInt32BigEndian(payload[8..])),
            // An echo reply.
            Icmp when payload[0] == 0 => new SeenEcho(at, from, BinaryPrimitives.ReadUInt16BigEndian(payload[6..])),
            // The first record of a version 3 report, as the kernel sends it when a socket joins: CHANGE_TO_EXCLUDE of nothing.
            Igmp when payload[0] == 0x22 && payload.Length >= 16 && payload[8] == 4 =>
                new SeenJoin(at, from, new IPAddress(payload[12..16])),
            _ => null,
        };
    }

    private static object? ReadIpv6(DateTime at, string from, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> packet)
    {
        var length = Math.Min(Ipv6Bytes + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]), packet.Length);
        var payload = packet[Ipv6Bytes..length];
        var (source, destination) = (new IPAddress(packet[8..24]), new IPAddress(packet[24..40]));
        switch (packet[6])
        {
            case Vrrp when payload.Length >= 8:
                return new SeenAdvert(at, from, Mac(frame[6..]), source, destination, packet[7], payload.ToArray(), null);
            case IcmpV6 when payload.Length >= 32 && payload[0] == 136 && (payload[4] & 0x40) == 0:
                var announced = new IPAddress(payload[8..24]);
                return new SeenAnnouncement(at, from, Mac(frame[6..]), Mac(payload[26..]), announced, payload[4] & 0xe0);
            case HopByHop when payload.Length >= 8 + 28 && payload[0] == IcmpV6 && payload[8] == 143 && payload[16] == 4:
                return new SeenJoin(at, from, new IPAddress(payload[20..36]));
            default:
                return null;
        }
    }

    private static string Mac(ReadOnlySpan<byte> bytes) => string.Create(CultureInfo.InvariantCulture,
        $"{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}:{bytes[3]:x2}:{bytes[4]:x2}:{bytes[5]:x2}");
}
