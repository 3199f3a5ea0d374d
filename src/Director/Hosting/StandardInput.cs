using Director.Config;

namespace Director.Hosting;

/// <summary>The files of a configuration of which the first is what is piped in: <c>-</c>.</summary>
internal sealed class StandardInput(IConfigFiles disk, TextReader input) : IConfigFiles
{
    /// <summary>The path that stands for it.</summary>
    public const string Path = "-";

    private string? _text;

    /// <summary>The files to read <paramref name="path"/> from.</summary>
    public static IConfigFiles FilesFor(string path) =>
        path == Path ? new StandardInput(new DiskConfigFiles(), Console.In) : new DiskConfigFiles();

    public ConfigFileKind KindOf(string path) => path == Path ? ConfigFileKind.Regular : disk.KindOf(path);

    public bool TryRead(string path, out string text)
    {
        if (path != Path) return disk.TryRead(path, out text);
        text = _text ??= ReadBounded();
        return true;
    }

    public IReadOnlyList<string> NamesIn(string directory) => disk.NamesIn(directory);

    /// <summary>No more than is refused as too large.</summary>
    private string ReadBounded()
    {
        var buffer = new char[ConfigLimits.MaxFileCharacters + 1];
        return new(buffer, 0, input.ReadBlock(buffer));
    }
}
