using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Vrrp.Wire;

/// <summary>
/// An instance's advertisement with its IPv4 or IPv6 header, ready to send: built once, then only source, destination, priority,
/// identification and checksums change. The headers are keepalived's: precedence "internetwork control", TTL 255 or <c>unicast_ttl</c>,
/// identification counting from 1 and never 0, don't-fragment clear, no flow label. Owned by the thread that sends.
/// </summary>
public sealed class AdvertisementDatagram
{
    /// <summary>Bytes of the IPv4 header.</summary>
    public const int IpHeaderSize = 20;

    /// <summary>The only TTL or hop limit that a receiver of multicast takes (RFC 9568 §5.1.1.3, §5.1.2.3).</summary>
    public const byte TimeToLive = 255;

    /// <summary>Type of service and traffic class: DSCP CS6, internetwork control.</summary>
    public const byte TypeOfService = 0xc0;

    private readonly VrrpInstanceSettings _settings;
    private readonly byte[] _bytes;
    private readonly int _headerSize;
    private ushort _identification;

    /// <summary>The datagram of an instance; later changes of the settings need a new one.</summary>
    public AdvertisementDatagram(VrrpInstanceSettings settings)
    {
        _settings = settings;
        _headerSize = settings.IsV6 ? Ipv6Header.Size : IpHeaderSize;
        Group = settings.MulticastGroup ?? (settings.IsV6 ? GroupV6 : GroupV4);
        _bytes = new byte[_headerSize + Advertisement.SizeOf(settings.Version, settings.IsV6, settings.Addresses.Count)];
        var length = (ushort)Advertisement.Write(_bytes.AsSpan(_headerSize), settings, settings.Priority);
        var header = _bytes.AsSpan();
        var timeToLive = settings.IsUnicast ? settings.UnicastTimeToLive : TimeToLive;
        if (settings.IsV6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header, 0x6000 | TypeOfService << 4);
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], length);
            (header[6], header[7]) = ((byte)IpProtocol.Vrrp, timeToLive);
        }
        else
        {
            (header[0], header[1]) = (0x45, TypeOfService);
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)_bytes.Length);
            (header[8], header[9]) = (timeToLive, (byte)IpProtocol.Vrrp);
        }
    }

    /// <summary>Where advertisements go in IPv4, 224.0.0.18 (RFC 9568 §5.1.1.2).</summary>
    public static IpAddress128 GroupV4 { get; } = IpAddress128.FromV4(0xe000_0012);

    /// <summary>Where they go in IPv6, ff02::12 (RFC 9568 §5.1.2.2).</summary>
    public static IpAddress128 GroupV6 { get; } = IpAddress128.FromHalves(0xff02_0000_0000_0000, 0x12);

    /// <summary>The instance's multicast group.</summary>
    public IpAddress128 Group { get; }

    /// <summary>The next datagram to the group, valid until the next call. No allocation.</summary>
    public ReadOnlySpan<byte> Next(IpAddress128 source, byte priority) => Next(source, Group, priority);

    /// <summary>The next datagram to <paramref name="destination"/>, of the instance's family; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next(IpAddress128 source, IpAddress128 destination, byte priority)
    {
        var header = _bytes.AsSpan(0, _headerSize);
        if (_settings.IsV6)
        {
            source.WriteTo(header[8..]);
            destination.WriteTo(header[24..]);
        }
        else
        {
            if (++_identification == 0) _identification = 1;
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], _identification);
            source.WriteTo(header[12..]);
            destination.WriteTo(header[16..]);
            header[10..12].Clear();
            BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum.Compute(header));
        }

        var message = _bytes.AsSpan(_headerSize);
        message[2] = priority;
        message[6..8].Clear();
        var sum = AdvertisementChecksum.Start(_settings, source, destination, message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], Checksum.Finish(Checksum.Add(message, sum)));
        return _bytes;
    }
}
