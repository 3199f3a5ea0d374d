using System.Globalization;
using Director.Config.Text;

namespace Director.Config;

/// <summary>Where something stands in a configuration file. Equal to another by file, line and column alone.</summary>
/// <param name="File">The path as it was given or as the <c>include</c> line resolved it.</param>
/// <param name="Line">Line from 1; 0 means the file as a whole.</param>
/// <param name="Column">Column from 1, in UTF-16 units; 0 means the line as a whole.</param>
public readonly record struct SourceLocation(string File, int Line, int Column = 0)
{
    /// <summary>What the line was made into by definitions and generators; null for a line that is understood as it is written.</summary>
    internal Expansion? Expansion { get; init; }

    /// <inheritdoc/>
    public bool Equals(SourceLocation other) => Line == other.Line && Column == other.Column && File == other.File;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(File, Line, Column);

    /// <summary><c>path:line:column</c>, without the parts that are 0.</summary>
    public override string ToString()
    {
        var file = Printable.Path(File);
        return (Line, Column) switch
        {
            (0, _) => file,
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}:{Column}"),
        };
    }
}
