namespace Director.LoadTest;

/// <summary>What a load run was asked for.</summary>
internal sealed record LoadOptions
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>How to start the director's program.</summary>
    public required IReadOnlyList<string> Director { get; init; }

    /// <summary>How to start the program that makes the users.</summary>
    public required IReadOnlyList<string> Generator { get; init; }

    /// <summary>How that program is called in reports.</summary>
    public string Engine { get; init; } = "own";

    /// <summary>How long users come; as planned if not given.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What their number is multiplied by.</summary>
    public double Users { get; init; } = 1;

    /// <summary>Settings of the directors' hosts, as <c>Key=Value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Where report.html, report.csv and report.txt are put; nowhere if not given.</summary>
    public string? ReportDirectory { get; init; }

    /// <summary>Whether the result is printed as JSON; then the story goes to <see cref="Story"/> alone.</summary>
    public bool Json { get; init; }

    /// <summary>Where the result is printed.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Where it is told how the run goes on.</summary>
    public TextWriter Story { get; init; } = Console.Error;

    /// <summary>Whether <see cref="Output"/> is a terminal that can be drawn on.</summary>
    public bool Interactive { get; init; }
}
