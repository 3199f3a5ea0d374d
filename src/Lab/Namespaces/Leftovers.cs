namespace Director.Lab.Namespaces;

/// <summary>
/// Namespaces whose owner died together with its reaper. A name counts as left over when no process has the id in it, or when that process
/// is this one, which has made none yet. An id that the kernel gave to somebody else meanwhile only delays the removal until that one ends.
/// </summary>
internal static class Leftovers
{
    private const string NamespaceDirectory = "/run/netns";

    /// <summary>Removes what dead owners left, and what bears this process's own id if <paramref name="ownPidToo"/>; returns the names.</summary>
    public static IReadOnlyList<string> Remove(bool ownPidToo)
    {
        if (!Directory.Exists(NamespaceDirectory)) return [];
        var removed = new List<string>();
        foreach (var path in Directory.GetFiles(NamespaceDirectory))
        {
            var text = Path.GetFileName(path);
            if (!NamespaceName.TryParse(text, out var name) || name.Kept) continue;
            var abandoned = name.OwnerPid == Environment.ProcessId ? ownPidToo : !Directory.Exists($"/proc/{name.OwnerPid}");
            if (!abandoned) continue;
            NetworkNamespace.Remove(text);
            removed.Add(text);
        }

        return removed;
    }
}
