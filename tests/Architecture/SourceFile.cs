namespace Director.Tests.Architecture;

/// <summary>A C# file under <c>src</c>, as it stands in the checkout; what the build writes is none.</summary>
/// <param name="Name">Its path within <c>src</c>, such as <c>Net/MonoTime.cs</c>.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Name, IReadOnlyList<string> Lines)
{
    private static readonly string Source = Path.Combine(RepositoryRoot.Path, "src");

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Source, path))
            .Where(name => !name.Split('/').Any(folder => folder is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(name => new SourceFile(name, File.ReadAllLines(Path.Combine(Source, name)))),
    ];
}
