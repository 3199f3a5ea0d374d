using Director.Lab.Topology;

namespace Director.Tests.Whole;

/// <summary>One on each of the lab's two real servers.</summary>
internal sealed class EchoServers(LabTopology topology) : IDisposable
{
    public EchoServer First { get; } = new(topology["rs1"]);

    public EchoServer Second { get; } = new(topology["rs2"]);

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
