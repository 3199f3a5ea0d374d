using System.Globalization;
using Director.Lab.Namespaces;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>A forwarder that is a process, on a processor other than the generator's.</summary>
internal sealed class ProcessEngine : IEngine
{
    private const int LinesTold = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NamespaceProcess _process;
    private readonly string _name;

    /// <summary>Starts it.</summary>
    /// <param name="net">Where.</param>
    /// <param name="name">What it is called in what is told of it.</param>
    /// <param name="processors">Those it may use, such as <c>1</c> or <c>0,1</c> (taskset(1)).</param>
    /// <param name="command">The program and its arguments.</param>
    public ProcessEngine(PerfNet net, string name, string processors, params ReadOnlySpan<string> command)
    {
        _name = name;
        _process = net.Engine.Start(["taskset", "-c", processors, .. command]);
    }

    /// <summary>The processor of a forwarder with one worker: not the generator's, if there is another.</summary>
    public static int Processor { get; } = Math.Min(1, Environment.ProcessorCount - 1);

    /// <inheritdoc/>
    public string? Trouble => _process.HasExited
        ? string.Create(CultureInfo.InvariantCulture, $"{_name} ended with {_process.ExitCode}: {string.Join(" / ", LastLines)}")
        : null;

    /// <summary>What it said last.</summary>
    public IEnumerable<string> LastLines => _process.Lines.TakeLast(LinesTold);

    /// <summary>Ends it, in order if it lets itself be.</summary>
    public void Dispose()
    {
        _process.Kill("TERM");
        _process.Wait(Patience);
        _process.Dispose();
    }
}
