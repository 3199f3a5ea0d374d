namespace Director.Lab.Namespaces;

/// <summary>
/// Namespaces whose owner died together with its reaper. A name counts as left over when no process has the id in it, or when that
/// process is this one, which has made none yet. An id that the kernel gave to somebody else meanwhile only delays the removal until
/// that one ends.
/// </summary>
internal static class Leftovers
{
    private const string NamespaceDirectory = "/run/netns";

    /// <summary>
    /// Removes what dead owners left, and what bears this process's own id if <paramref name="ownPidToo"/>; returns the names.
    /// </summary>
    public static IReadOnlyList<string> Remove(bool ownPidToo)
    {
        var removed = new List<string>();
        foreach (var text in Names(NamespaceDirectory, Directory.GetFiles))
        {
            if (!NamespaceName.TryParse(text, out var name) || !IsAbandoned(name, ownPidToo)) continue;
            NetworkNamespace.Remove(text);
            removed.Add(text);
        }

        // A network's directory is called as its namespaces, without the role.
        foreach (var text in Names(NamespaceName.DirectoryOfAll, Directory.GetDirectories))
        {
            if (!NamespaceName.TryParse(text + "-x", out var name) || !IsAbandoned(name, ownPidToo)) continue;
            Directory.Delete(name.Directory, recursive: true);
        }

        return removed;
    }

    private static IEnumerable<string> Names(string directory, Func<string, string[]> list) =>
        Directory.Exists(directory) ? list(directory).Select(path => Path.GetFileName(path)) : [];

    private static bool IsAbandoned(NamespaceName name, bool ownPidToo) => !name.Kept
        && (name.OwnerPid == Environment.ProcessId ? ownPidToo : !Directory.Exists($"/proc/{name.OwnerPid}"));
}
