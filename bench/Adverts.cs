using BenchmarkDotNet.Attributes;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Wire;
using Director.VrrpProcess;

namespace Director.Bench;

/// <summary>VRRP advertisements, with their checksum and every address of theirs.</summary>
public class Adverts
{
    private const int PerCall = 1024;

    private static readonly IpAddress128 Source = IpAddress128.FromV4(0x0a09_0001);

    private AdvertisementDatagram _datagram = null!;
    private byte[] _message = [];

    [Params(1, 255)]
    public int Addresses { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var settings = VrrpRehearsal.Settings with
        {
            Addresses = [.. Enumerable.Range(1, Addresses).Select(number => new VirtualAddress(IpAddress128.FromV4((uint)number), 32))],
        };
        _datagram = new(settings);
        _message = _datagram.Next(Source, 100)[AdvertisementDatagram.IpHeaderSize..].ToArray();
        if (Decode() == 0) throw new InvalidOperationException("the advertisement is not read");
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "advert: encode")]
    public void Encode()
    {
        for (var i = 0; i < PerCall; i++) _datagram.Next(Source, 100);
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "advert: decode")]
    public ulong Decode()
    {
        var sum = 0ul;
        for (var i = 0; i < PerCall; i++)
        {
            if (!Advertisement.TryRead(_message, isV6: false, out var advert)) return 0;
            if (!advert.HasValidChecksum(Source, AdvertisementDatagram.GroupV4, out _)) return 0;
            for (var address = 0; address < advert.AddressCount; address++) sum += advert.Address(address).Lower;
        }

        return sum;
    }
}
