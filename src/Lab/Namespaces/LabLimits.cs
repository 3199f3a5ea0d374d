namespace Director.Lab.Namespaces;

/// <summary>Bounds of the lab's helpers, so that nothing it starts can grow or hang without end.</summary>
public static class LabLimits
{
    /// <summary>Lines of a child's output that are kept; older ones are forgotten first.</summary>
    public const int KeptOutputLines = 4096;

    /// <summary>Characters of one output line that are kept; the rest of the line is cut off.</summary>
    public const int OutputLineLength = 4096;

    /// <summary>How long a configuration tool (<c>ip</c>, <c>ethtool</c>, <c>sh</c>) may take before it is killed.</summary>
    public static readonly TimeSpan ToolTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a child that was killed may take to disappear.</summary>
    public static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(10);
}
