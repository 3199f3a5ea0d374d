using BenchmarkDotNet.Attributes;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Bench;

/// <summary>The connection table by itself, entries in no order that a cache could guess, one after another and without prefetch.</summary>
public class Lookups
{
    private const int PerCall = 4096;
    private const uint Now = 1, Deadline = 1000;

    private ConnectionTable _table = null!;
    private int _next;

    [Params(1_000, 1_000_000)]
    public int Flows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _table = new(Flows, 1);
        for (var flow = 0; flow < Flows - 1; flow++) Add(flow);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        if (_table.Count != Flows - 1) throw new InvalidOperationException("the table did not keep its size");
        _table.Dispose();
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "lookup")]
    public uint Lookup()
    {
        var sum = 0u;
        for (var i = 0; i < PerCall; i++)
        {
            var key = KeyOf(Next());
            sum += _table.Find(key, _table.HashOf(key));
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "remove and insert")]
    public void RemoveAndInsert()
    {
        for (var i = 0; i < PerCall; i++)
        {
            var flow = Next();
            var key = KeyOf(flow);
            _table.Remove(_table.Find(key, _table.HashOf(key)));
            Add(flow);
        }
    }

    private static ConnectionKey KeyOf(int flow) => new(IpAddress128.FromV4(0x0a00_0000u + (uint)flow), 1, 1024, 80);

    private void Add(int flow)
    {
        var key = KeyOf(flow);
        if (_table.Add(key, _table.HashOf(key), Deadline, Now) == 0) throw new InvalidOperationException("the table is full");
    }

    /// <summary>A step that shares no factor with the number of flows visits all of them, far apart.</summary>
    private int Next() => _next = (_next + 618_033) % (Flows - 1);
}
