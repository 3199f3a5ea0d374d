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

    public static VrrpPassword Password(string text) => VrrpPassword.FromBytes(System.Text.Encoding.ASCII.GetBytes(text));

    public static byte[] Datagram(VrrpInstanceSettings settings, IpAddress128 source, byte priority) =>
        new AdvertisementDatagram(settings).Next(source, priority).ToArray();

    public static Ipv4Header Ip(byte[] datagram) =>
        Ipv4Header.TryRead(datagram, out var ip) ? ip : throw new InvalidOperationException("not IPv4");

    /// <summary>Recomputes the message's checksum, after a test has changed it.</summary>
    public static byte[] Resum(byte[] datagram)
    {
        var message = datagram.AsSpan(AdvertisementDatagram.IpHeaderSize);
        message[6..8].Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(message[6..], Checksum.Compute(message));
        return datagram;
    }
}
