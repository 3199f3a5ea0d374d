namespace Director.Lab;

/// <summary>What <c>director lab</c> was asked to do.</summary>
public sealed record LabOptions
{
    /// <summary>Which scenarios: <c>failover</c>, <c>balance</c> or <c>all</c>.</summary>
    public string Scenario { get; init; } = "all";

    /// <summary>Whether the network stays after the end.</summary>
    public bool Keep { get; init; }

    /// <summary>
    /// How to start the program itself: one word, or <c>dotnet</c> and the assembly. The lab's own children (web servers, clients) are
    /// started so.
    /// </summary>
    public IReadOnlyList<string> Self { get; init; } = SelfCommand.OfThisProcess();

    /// <summary>
    /// How to start a director, with <c>{file}</c> and <c>{run-dir}</c> in place of its configuration and run directory; empty for
    /// <see cref="Self"/> <c>run -f {file} --run-dir {run-dir}</c>. Something else may be put here that reads a keepalived.conf and
    /// owns VIPs.
    /// </summary>
    public IReadOnlyList<string> DirectorCommand { get; init; } = [];

    /// <summary>Where the story is told.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Whether <see cref="Output"/> is a terminal that can be drawn on.</summary>
    public bool Interactive { get; init; } =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
}
