using System.Buffers.Binary;
using Director.Net;

namespace Director.Vrrp.Wire;

/// <summary>
/// An instance's advertisement with its IPv4 header, ready to send: built once, then only the source, the priority, the identification
/// and the two checksums change. The header is keepalived's: precedence "internetwork control", TTL 255, identification counting from 1
/// and never 0, don't-fragment clear. Owned by the thread that sends.
/// </summary>
public sealed class AdvertisementDatagram
{
    /// <summary>Bytes of the IPv4 header.</summary>
    public const int IpHeaderSize = 20;

    /// <summary>The only TTL that a receiver takes (RFC 3768 §5.2.3).</summary>
    public const byte TimeToLive = 255;

    /// <summary>Type of service: DSCP CS6, internetwork control.</summary>
    public const byte TypeOfService = 0xc0;

    private readonly byte[] _bytes;
    private ushort _identification;

    /// <summary>The datagram of an instance; later changes of the settings need a new one.</summary>
    public AdvertisementDatagram(VrrpInstanceSettings settings)
    {
        _bytes = new byte[IpHeaderSize + Advertisement.SizeOf(settings.Addresses.Count)];
        var header = _bytes.AsSpan();
        header[0] = 0x45;
        header[1] = TypeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)_bytes.Length);
        header[8] = TimeToLive;
        header[9] = (byte)IpProtocol.Vrrp;
        Group.WriteTo(header[16..]);
        Advertisement.Write(header[IpHeaderSize..], settings, settings.Priority);
    }

    /// <summary>Where version 2 and 3 advertisements go in IPv4, 224.0.0.18 (RFC 9568 §5.1.1.2).</summary>
    public static IpAddress128 Group { get; } = IpAddress128.FromV4(0xe000_0012);

    /// <summary>The next datagram, valid until the next call. No allocation.</summary>
    public ReadOnlySpan<byte> Next(IpAddress128 source, byte priority)
    {
        var header = _bytes.AsSpan(0, IpHeaderSize);
        if (++_identification == 0) _identification = 1;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], _identification);
        source.WriteTo(header[12..]);
        header[10..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum.Compute(header));

        var message = _bytes.AsSpan(IpHeaderSize);
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        var before = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        message[2] = priority;
        var after = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], Checksum.Update(checksum, before, after));
        return _bytes;
    }
}
