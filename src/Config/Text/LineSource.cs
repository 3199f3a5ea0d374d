namespace Director.Config.Text;

/// <summary>Something that lines come from one after another.</summary>
internal abstract class LineSource
{
    protected LineSource(TextLine? use)
    {
        Parent = use?.Origin;
        Depth = use is null ? 0 : (Parent?.Depth ?? 0) + 1;
        UsedAt = use?.At(use.Start) ?? default;
    }

    /// <summary>The source of the line that asked for this one; null for a line of a file.</summary>
    public LineSource? Parent { get; }

    /// <summary>How many such sources are within one another; 0 for a file.</summary>
    public int Depth { get; }

    /// <summary>Where the line stands that asked for it.</summary>
    public SourceLocation UsedAt { get; }

    /// <summary>The source that all of this began with.</summary>
    public LineSource Outermost
    {
        get
        {
            var source = this;
            while (source.Parent is { } parent) source = parent;
            return source;
        }
    }

    /// <summary>Takes the next line; null at the end.</summary>
    public abstract TextLine? Next();
}
