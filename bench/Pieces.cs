using BenchmarkDotNet.Attributes;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Bench;

/// <summary>The steps that every packet takes before it is known whose it is.</summary>
public class Pieces
{
    private const int PerCall = 4096;

    private readonly byte[] _v4 = new Traffic(TcpFlags.Ack).Frame(1).ToArray();
    private readonly byte[] _v6 = TrafficV6.Frame();
    private readonly byte[] _bytes = new byte[1500];
    private readonly ForwardingTable _table = ForwardingTable.Build(
        [Traffic.Service(2), TrafficV6.Service()], ForwardingTable.Empty(), MonoTime.Zero + TimeSpan.FromDays(1));

    private ConnectionTable _connections = null!;
    private Packet _packet;

    [GlobalSetup]
    public void Setup()
    {
        _connections = new(16, 1);
        new Random(1).NextBytes(_bytes);
        if (FrameParser.Read(_v4, _table, ref _packet, out _) != Verdict.None
            || FrameParser.Read(_v6, _table, ref _packet, out _) != Verdict.None)
            throw new InvalidOperationException("a frame is not a service's");
    }

    [GlobalCleanup]
    public void Cleanup() => _connections.Dispose();

    [Benchmark(OperationsPerInvoke = PerCall, Description = "parse IPv4")]
    public void ParseV4() => Parse(_v4);

    [Benchmark(OperationsPerInvoke = PerCall, Description = "parse IPv6")]
    public void ParseV6() => Parse(_v6);

    [Benchmark(OperationsPerInvoke = PerCall, Description = "hash")]
    public ulong Hash()
    {
        var hash = 0ul;
        for (var i = 0; i < PerCall; i++) hash ^= _connections.HashOf(new((ulong)i, hash, (ulong)i));
        return hash;
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "checksum of a header")]
    public uint ChecksumOfHeader() => Sum(Ipv4Header.MinSize);

    [Benchmark(OperationsPerInvoke = PerCall, Description = "checksum of 1500 bytes")]
    public uint ChecksumOfPacket() => Sum(_bytes.Length);

    private void Parse(byte[] frame)
    {
        for (var i = 0; i < PerCall; i++) FrameParser.Read(frame, _table, ref _packet, out _);
    }

    private uint Sum(int length)
    {
        var sum = 0u;
        for (var i = 0; i < PerCall; i++) sum += Checksum.Compute(_bytes.AsSpan(0, length));
        return sum;
    }
}
