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

    private readonly byte[] _message = new byte[Advertisement.MaxSize];
    private VrrpInstanceSettings _settings = null!;
    private int _length;

    [Params(1, 255)]
    public int Addresses { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _settings = VrrpRehearsal.Settings with
        {
            Addresses = [.. Enumerable.Range(1, Addresses).Select(number => new VirtualAddress(IpAddress128.FromV4((uint)number), 32))],
        };
        _length = Advertisement.Write(_message, _settings, 100);
        if (Decode() == 0) throw new InvalidOperationException("the advertisement is not read");
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "advert: encode")]
    public void Encode()
    {
        for (var i = 0; i < PerCall; i++) Advertisement.Write(_message, _settings, 100);
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "advert: decode")]
    public ulong Decode()
    {
        var sum = 0ul;
        for (var i = 0; i < PerCall; i++)
        {
            if (!Advertisement.TryRead(_message.AsSpan(0, _length), out var advert) || !advert.IsChecksumValid) return 0;
            for (var address = 0; address < advert.AddressCount; address++) sum += advert.Address(address).Lower;
        }

        return sum;
    }
}
