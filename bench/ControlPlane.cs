using BenchmarkDotNet.Attributes;
using Director.Config;
using Director.Datapath.Tables;

namespace Director.Bench;

/// <summary>The control side with services of four checked servers each: from the text to the table, and one server's change.</summary>
[InvocationCount(1, unrollFactor: 1)]
public class ControlPlane
{
    private ScaledConfig _file = null!;
    private DirectorConfig _config = null!;
    private ScaledDirector _director = null!;

    [Params(10, 1_000, 10_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _file = new(Services, 4);
        _config = _file.Read();
        _director = new();
        _director.Configure(_config);
        _director.Publish();
    }

    [Benchmark(Description = "configuration text to model")]
    public DirectorConfig Read() => _file.Read();

    [Benchmark(Description = "model to first table")]
    public ForwardingTable FirstTable()
    {
        var director = new ScaledDirector();
        director.Configure(_config);
        return director.Publish();
    }
}
