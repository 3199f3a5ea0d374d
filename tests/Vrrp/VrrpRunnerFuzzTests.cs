using System.Buffers.Binary;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class VrrpRunnerFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_arrives_nothing_throws_and_each_datagram_is_counted_once(int seed)
    {
        var random = new Random(seed);
        var settings = Some.Instance() with { Password = Some.Password("1111") };
        var link = new SimulatedLink();
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
        foreach (var reason in Enum.GetValues<AdvertisementRejection>().Where(reason => reason != AdvertisementRejection.None))
            Assert.True(router.Counters.Rejected(reason) + runner.Unclaimed.Rejected(reason) > 0,
                $"seed {seed}: never rejected for {reason}");
        Assert.Equal(0, router.Counters.Rejected(AdvertisementRejection.None));
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(0, 2500)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Truncated(Random random, VrrpInstanceSettings settings)
    {
        var datagram = Some.Datagram(settings, Some.Higher, 200);
        datagram = datagram[..random.Next(0, datagram.Length)];
        if (datagram.Length >= 4 && random.Next(2) == 0) BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
        return datagram;
    }

    private static byte[] Damaged(Random random, VrrpInstanceSettings settings, bool resum)
    {
        var datagram = Some.Datagram(settings, Some.Higher, (byte)random.Next(256));
        datagram[random.Next(datagram.Length)] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
        return resum ? Some.Resum(datagram) : datagram;
    }
}
