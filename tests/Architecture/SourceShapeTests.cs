namespace Director.Tests.Architecture;

/// <summary>What fits a screen is read; what does not is scrolled past.</summary>
public sealed class SourceShapeTests
{
    private const int MaxColumns = 140;
    private const int MaxLines = 500;

    [Fact]
    public void No_line_is_wider_than_140_columns() => Assert.Empty(
        from file in SourceFile.All
        from line in file.Lines.Select((text, index) => (text.Length, Number: index + 1))
        where line.Length > MaxColumns
        select $"{file.Name}:{line.Number}: {line.Length} columns");

    [Fact]
    public void No_file_is_longer_than_500_lines() =>
        Assert.Empty(SourceFile.All.Where(file => file.Lines.Count > MaxLines).Select(file => $"{file.Name}: {file.Lines.Count} lines"));
}
