using Director.Config;

namespace Director.Tests.Config;

/// <summary>Files that a test makes up. Directories are there as soon as a file is in them.</summary>
internal sealed class MemoryConfigFiles : IConfigFiles
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _executable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    public string this[string path]
    {
        set => _texts[path] = value;
    }

    public void MakeExecutable(string path) => _executable.Add(path);

    public void MakeUnreadable(string path) => _unreadable.Add(path);

    public ConfigFileKind KindOf(string path)
    {
        path = Path.GetFullPath(path, "/");
        if (_texts.ContainsKey(path)) return _executable.Contains(path) ? ConfigFileKind.Executable : ConfigFileKind.Regular;
        return _texts.Keys.Any(file => file.StartsWith($"{path}/", StringComparison.Ordinal)) ? ConfigFileKind.Directory
            : ConfigFileKind.Missing;
    }

    public bool TryRead(string path, out string text)
    {
        path = Path.GetFullPath(path, "/");
        text = "permission denied";
        return !_unreadable.Contains(path) && _texts.TryGetValue(path, out text!);
    }

    public IReadOnlyList<string> NamesIn(string directory)
    {
        var prefix = directory switch { "." => "", "/" => "/", _ => $"{directory}/" };
        return [.. _texts.Keys.Where(file => file.StartsWith(prefix, StringComparison.Ordinal))
            .Select(file => file[prefix.Length..].Split('/')[0]).Distinct().Reverse()];
    }
}
