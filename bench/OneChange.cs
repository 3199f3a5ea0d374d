using BenchmarkDotNet.Attributes;

namespace Director.Bench;

/// <summary>A server's check fails or passes again: from the core to the table that workers read, among any number of services.</summary>
public class OneChange
{
    private const int PerCall = 64;

    private ScaledDirector _director = null!;

    [Params(10, 1_000, 10_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _director = new();
        _director.Configure(new ScaledConfig(Services, 4).Read());
        _director.Publish();
    }

    [Benchmark(OperationsPerInvoke = PerCall, Description = "one server's change")]
    public void Change()
    {
        for (var i = 0; i < PerCall; i++)
        {
            _director.ChangeServer();
            _director.Publish();
        }
    }
}
