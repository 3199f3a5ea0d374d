namespace Director.Config;

/// <summary>
/// The files that a configuration is read from. Paths are the operator's; a relative one is meant from the working directory.
/// </summary>
public interface IConfigFiles
{
    /// <summary>What <paramref name="path"/> names; symbolic links are followed. Never throws.</summary>
    ConfigFileKind KindOf(string path);

    /// <summary>
    /// Reads a whole file as UTF-8. On failure returns false and <paramref name="text"/> is the reason, such as "permission denied". A
    /// file longer than <see cref="ConfigLimits.MaxFileCharacters"/> may be refused. Never throws.
    /// </summary>
    bool TryRead(string path, out string text);

    /// <summary>
    /// The names in a directory, in any order, without <c>.</c> and <c>..</c>; empty if it cannot be listed. Never throws.
    /// </summary>
    IReadOnlyList<string> NamesIn(string directory);
}
