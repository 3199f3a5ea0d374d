namespace Director.Config.Text;

/// <summary>The files that one <c>include</c> line found, still to be read in its place.</summary>
internal sealed class IncludedFiles(TextLine use, Word pattern, IEnumerable<string> paths, bool isStrict) : LineSource(use)
{
    private readonly Queue<string> _paths = new(paths);

    /// <summary>The pattern, for what is to be said about the files.</summary>
    public Word Pattern => pattern;

    /// <summary>Whether a file that cannot be read is an error.</summary>
    public bool IsStrict => isStrict;

    /// <summary>Takes the path of the next file; null at the end.</summary>
    public string? NextPath() => _paths.TryDequeue(out var path) ? path : null;

    public override TextLine? Next() => null;
}
