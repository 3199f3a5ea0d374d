using Director.Net;
using Director.Net.Wire;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.Tests.Vrrp.Support;

/// <summary>The instance of the golden vectors, and datagrams about it.</summary>
internal static class Some
{
    public static readonly IpAddress128 Vip = IpAddress128.Parse("10.9.0.100");
    public static readonly IpAddress128 Source = IpAddress128.Parse("10.9.0.1");
    public static readonly IpAddress128 Lower = IpAddress128.Parse("10.9.0.0");
    public static readonly IpAddress128 Higher = IpAddress128.Parse("10.9.0.2");

    public static readonly IpAddress128 PeerV6 = IpAddress128.Parse("fe80::ff:fe00:a");
    public static readonly IpAddress128 SourceV6 = IpAddress128.Parse("fe80::ff:fe00:b");

    /// <summary>keepalived's defaults.</summary>
    public static readonly GarpSettings Garp = new()
    {
        Repeat = 5,
        Delay = TimeSpan.FromSeconds(5),
        Refresh = TimeSpan.Zero,
        RefreshRepeat = 1,
        LowerPriorityRepeat = 5,
        LowerPriorityDelay = TimeSpan.FromSeconds(5),
    };

    public static VrrpInstanceSettings Instance(byte priority = 150) => new()
    {
        Name = "VI_1",
        Interface = "e0",
        VirtualRouterId = 0x33,
        Priority = priority,
        WantedState = VrrpState.Backup,
        AdvertInterval = TimeSpan.FromSeconds(1),
        Garp = Garp,
        Addresses = [new VirtualAddress(Vip, 24)],
    };

    /// <summary>10.9.1.1 and those that follow.</summary>
    public static VirtualAddress[] Addresses(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new VirtualAddress(IpAddress128.FromV4(0x0a09_0100 + (uint)i), 24))];

    /// <summary>Effects in few words.</summary>
    public static string Text(VrrpEffects effects) =>
        string.Join(' ', Enumerable.Range(0, effects.Count).Select(i => effects[i]).Select(effect => effect.Kind switch
        {
            VrrpEffectKind.Advertise => $"advertise:{effect.Priority}",
            VrrpEffectKind.AddAddresses => "add",
            VrrpEffectKind.RemoveAddresses => "remove",
            VrrpEffectKind.AnnounceMastership => "announce",
            VrrpEffectKind.AnnounceAgain => "again",
            VrrpEffectKind.ReportState => $"state:{effect.Reason}",
            _ => $"notice:{effect.Notice}",
        }));

    /// <summary>Skew_Time of version 2.</summary>
    public static TimeSpan Skew(byte priority) => VrrpTimers.Skew(VrrpVersion.V2, TimeSpan.FromSeconds(1), priority);

    /// <summary>Master_Down_Interval of version 2 at an interval of a second.</summary>
    public static TimeSpan MasterDown(byte priority) => VrrpTimers.MasterDown(VrrpVersion.V2, TimeSpan.FromSeconds(1), priority);

    /// <summary>Of the golden vectors of version 3, every 0.1 s.</summary>
    public static VrrpInstanceSettings Version3(byte priority = 150) =>
        Instance(priority) with { Version = VrrpVersion.V3, AdvertInterval = TimeSpan.FromMilliseconds(100) };

    /// <summary>The same over IPv6.</summary>
    public static VrrpInstanceSettings OverIpv6(byte priority = 150) => Version3(priority) with
    {
        Addresses = [new(IpAddress128.Parse("fe80::100"), 64), new(IpAddress128.Parse("2001:db8::100"), 64)],
    };

    public static VrrpPassword Password(string text) => VrrpPassword.FromBytes(System.Text.Encoding.ASCII.GetBytes(text));

    public static byte[] Datagram(VrrpInstanceSettings settings, IpAddress128 source, byte priority) =>
        new AdvertisementDatagram(settings).Next(source, priority).ToArray();

    public static byte[] Datagram(VrrpInstanceSettings settings, IpAddress128 source, IpAddress128 destination, byte priority) =>
        new AdvertisementDatagram(settings).Next(source, destination, priority).ToArray();

    public static AdvertisementPacket Packet(byte[] datagram) =>
        AdvertisementPacket.TryRead(datagram, out var packet) ? packet : throw new InvalidOperationException("no VRRP");

    public static AdvertisementRejection Check(VrrpInstanceSettings settings, byte[] datagram) => Check(settings, datagram, out _);

    public static AdvertisementRejection Check(VrrpInstanceSettings settings, byte[] datagram, out ChecksumForm form) =>
        new AdvertisementCheck(settings).Check(Packet(datagram), default, out _, out form, out _);

    /// <summary>Recomputes the message's checksum, after a test has changed it: of whatever version and family it then is.</summary>
    public static byte[] Resum(byte[] datagram)
    {
        var isV6 = datagram[0] >> 4 == 6 && datagram.Length >= Ipv6Header.Size + Advertisement.HeaderSize;
        var message = datagram.AsSpan(isV6 ? Ipv6Header.Size : AdvertisementDatagram.IpHeaderSize);
        message[6..8].Clear();
        var sum = isV6 ? Checksum.PseudoHeaderV6(IpAddress128.ReadV6(datagram.AsSpan(8)), IpAddress128.ReadV6(datagram.AsSpan(24)),
                IpProtocol.Vrrp, message.Length)
            : message[0] >> 4 == 3 ? Checksum.PseudoHeaderV4(IpAddress128.ReadV4(datagram.AsSpan(12)).V4,
                IpAddress128.ReadV4(datagram.AsSpan(16)).V4, IpProtocol.Vrrp, message.Length)
            : 0;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(message[6..], Checksum.Finish(Checksum.Add(message, sum)));
        return datagram;
    }
}
