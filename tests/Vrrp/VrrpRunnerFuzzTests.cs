using System.Buffers.Binary;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class VrrpRunnerFuzzTests
{
    public static TheoryData<string, int> Runs => new()
    {
        { "v2", 1 }, { "v2", 2 }, { "v2", 3 },
        { "v3", 4 }, { "v3", 5 },
        { "v6", 6 }, { "v6", 7 },
        { "unicast", 8 }, { "unicast v6", 9 },
        { "v2 over v6", 10 },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Whatever_arrives_nothing_throws_and_each_datagram_is_counted_once(string kind, int seed)
    {
        var random = new Random(seed);
        var settings = SettingsOf(kind);
        var link = new SimulatedLink();
        link.Set(new(true, Some.Source, Some.SourceV6));
        var runner = new VrrpRunner(link, link, new RecordingObserver(null), new ManualClock());
        runner.Configure([settings]);
        var router = runner.Routers.Single();
        const int Datagrams = 20_000;
        for (var i = 0; i < Datagrams; i++)
        {
            link.Deliver(random.Next(4) switch
            {
                0 => Noise(random),
                1 => Truncated(random, settings),
                2 => Damaged(random, settings, resum: false),
                _ => Damaged(random, settings, resum: true),
            });
            if (i % 50 == 0) runner.Turn();
        }

        runner.Turn();
        var rejected = Enum.GetValues<AdvertisementRejection>()
            .Sum(reason => router.Counters.Rejected(reason) + runner.Unclaimed.Rejected(reason));
        Assert.True(rejected + router.Counters.AdvertisementsReceived == Datagrams, $"seed {seed}");
        Assert.True(router.Counters.AdvertisementsReceived > 0, $"seed {seed}: nothing was ever believed");
        foreach (var reason in ReasonsOf(settings))
            Assert.True(router.Counters.Rejected(reason) + runner.Unclaimed.Rejected(reason) > 0,
                $"seed {seed}: never rejected for {reason}");
        Assert.Equal(0, router.Counters.Rejected(AdvertisementRejection.None));
        Assert.Equal(settings.Addresses.Count > 1, router.Counters.AddressListsDiffering > 0);
    }

    /// <summary>All that can be wrong with a datagram of such an instance, but what a single damaged byte does not bring about.</summary>
    private static IEnumerable<AdvertisementRejection> ReasonsOf(VrrpInstanceSettings settings)
    {
        foreach (var reason in Enum.GetValues<AdvertisementRejection>())
        {
            var occurs = reason switch
            {
                AdvertisementRejection.None or AdvertisementRejection.NoAddresses => false,
                AdvertisementRejection.Source => settings.IsUnicast,
                AdvertisementRejection.Destination => !settings.IsUnicast,
                AdvertisementRejection.TimeToLive => !settings.IsUnicast,
                AdvertisementRejection.AuthenticationTypeInvalid or AdvertisementRejection.AuthenticationTypeMismatch =>
                    settings.Version == VrrpVersion.V2,
                AdvertisementRejection.AuthenticationFailure => settings.Password is not null,
                // Of several addresses the others are still ours.
                AdvertisementRejection.AddressList => settings.Addresses.Count == 1,
                _ => true,
            };
            if (occurs) yield return reason;
        }
    }

    private static VrrpInstanceSettings SettingsOf(string kind) => kind switch
    {
        "v2" => Some.Instance() with { Password = Some.Password("1111") },
        "v3" => Some.Version3(),
        "v6" => Some.OverIpv6(),
        "unicast" => Some.Version3() with { Peers = [new(Some.Higher)] },
        "unicast v6" => Some.OverIpv6() with { Peers = [new(Some.PeerV6)] },
        "v2 over v6" => Some.OverIpv6() with { Version = VrrpVersion.V2, AdvertInterval = TimeSpan.FromSeconds(1) },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    private static byte[] Valid(VrrpInstanceSettings settings, byte priority)
    {
        var to = !settings.IsUnicast ? settings.Selector.Group : settings.IsV6 ? Some.SourceV6 : Some.Source;
        return Some.Datagram(settings, settings.IsV6 ? Some.PeerV6 : Some.Higher, to, priority);
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(0, 2500)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Truncated(Random random, VrrpInstanceSettings settings)
    {
        var datagram = Valid(settings, 200);
        datagram = datagram[..random.Next(0, datagram.Length)];
        var (field, surplus) = settings.IsV6 ? (4, 40) : (2, 0);
        if (datagram.Length >= field + 2 && datagram.Length >= surplus && random.Next(2) == 0)
            BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(field), (ushort)(datagram.Length - surplus));
        return datagram;
    }

    private static byte[] Damaged(Random random, VrrpInstanceSettings settings, bool resum)
    {
        var datagram = Valid(settings, (byte)random.Next(256));
        datagram[random.Next(datagram.Length)] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
        return resum ? Some.Resum(datagram) : datagram;
    }
}
