using Director.Net;
using Director.Net.Wire;

namespace Director.Vrrp.Wire;

/// <summary>
/// An IPv4 or IPv6 datagram that carries a VRRP message: what of its header matters, and the message. Made only by <see cref="TryRead"/>;
/// after success no getter throws, and the message has <see cref="Advertisement.HeaderSize"/> bytes or more.
/// </summary>
public readonly ref struct AdvertisementPacket
{
    private AdvertisementPacket(
        bool isV6, IpAddress128 source, IpAddress128 destination, byte timeToLive, ReadOnlySpan<byte> message)
    {
        (IsV6, Source, Destination, TimeToLive) = (isV6, source, destination, timeToLive);
        Message = message;
    }

    /// <summary>Whether it came over IPv6.</summary>
    public bool IsV6 { get; }

    /// <summary>Who sent it.</summary>
    public IpAddress128 Source { get; }

    /// <summary>To whom.</summary>
    public IpAddress128 Destination { get; }

    /// <summary>Its TTL or hop limit.</summary>
    public byte TimeToLive { get; }

    /// <summary>What follows the header, without the link's padding.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>The virtual router that the message claims to speak of.</summary>
    public byte VirtualRouterId => Advertisement.VirtualRouterIdOf(Message);

    /// <summary>Whether <paramref name="datagram"/> is whole, no fragment and of the protocol, and the view of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out AdvertisementPacket packet)
    {
        packet = default;
        if (Ipv4Header.TryRead(datagram, out var v4))
        {
            if (v4.IsFragment || v4.Protocol != IpProtocol.Vrrp || v4.Payload.Length < Advertisement.HeaderSize) return false;
            packet = new(false, v4.Source, v4.Destination, v4.TimeToLive, v4.Payload);
            return true;
        }

        if (!Ipv6Header.TryRead(datagram, out var v6)) return false;
        if (v6.NextHeader != IpProtocol.Vrrp || v6.Payload.Length < Advertisement.HeaderSize) return false;
        packet = new(true, v6.Source, v6.Destination, v6.HopLimit, v6.Payload);
        return true;
    }
}
