using Director.Config;

namespace Director.Admin;

/// <summary>
/// The files of a configuration, as somebody read them who is not the director: a plan is made of files that the director may not read.
/// </summary>
internal sealed record ConfigFileSet
{
    /// <summary>The first of them.</summary>
    public required string Path { get; init; }

    /// <summary>The directory that relative paths are meant from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What each path that was asked for is.</summary>
    public required Dictionary<string, ConfigFileKind> Kinds { get; init; }

    /// <summary>What each file that was read holds.</summary>
    public required Dictionary<string, string> Texts { get; init; }

    /// <summary>Why each file could not be read that could not.</summary>
    public required Dictionary<string, string> Refusals { get; init; }

    /// <summary>The names in each directory that was listed.</summary>
    public required Dictionary<string, IReadOnlyList<string>> Names { get; init; }

    /// <summary>Reads a configuration for its files alone.</summary>
    public static ConfigFileSet Read(string path, IConfigFiles disk, ConfigContext context)
    {
        var recorder = new Recorder(path, disk, context.WorkingDirectory);
        ConfigReader.Read(path, recorder, context: context);
        return recorder.Set;
    }

    /// <summary>Reads the configuration that they are, as the director of that context would.</summary>
    public ConfigResult Read(ConfigContext context) =>
        ConfigReader.Read(Path, new Player(this), context: context with { WorkingDirectory = WorkingDirectory });

    private sealed class Recorder(string path, IConfigFiles disk, string directory) : IConfigFiles
    {
        public ConfigFileSet Set { get; } = new()
        {
            Path = path,
            WorkingDirectory = directory,
            Kinds = [],
            Texts = [],
            Refusals = [],
            Names = [],
        };

        public ConfigFileKind KindOf(string path) => Set.Kinds[path] = disk.KindOf(path);

        public bool TryRead(string path, out string text)
        {
            var isRead = disk.TryRead(path, out text);
            (isRead ? Set.Texts : Set.Refusals)[path] = text;
            return isRead;
        }

        public IReadOnlyList<string> NamesIn(string directory) => Set.Names[directory] = disk.NamesIn(directory);
    }

    private sealed class Player(ConfigFileSet set) : IConfigFiles
    {
        public ConfigFileKind KindOf(string path) => set.Kinds.GetValueOrDefault(path, ConfigFileKind.Missing);

        public bool TryRead(string path, out string text)
        {
            if (set.Texts.TryGetValue(path, out text!)) return true;
            text = set.Refusals.GetValueOrDefault(path, "it was not sent");
            return false;
        }

        public IReadOnlyList<string> NamesIn(string directory) => set.Names.GetValueOrDefault(directory, []);
    }
}
