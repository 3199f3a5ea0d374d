namespace Director.Linux.Processes;

/// <summary>A program to be run. No shell looks at it.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Arguments">What it is given, without its own name.</param>
/// <param name="RunAs">Whom it runs as; null for whom this process runs as.</param>
public sealed record ChildCommand(string Program, IReadOnlyList<string> Arguments, Credentials? RunAs = null)
{
    /// <summary>The same with more arguments at the end.</summary>
    public ChildCommand With(params IEnumerable<string> more) => this with { Arguments = [.. Arguments, .. more] };

    /// <summary>As a person would type it.</summary>
    public override string ToString() => string.Join(' ', [Program, .. Arguments]);
}
