namespace Director.Linux.Host;

/// <summary>Network namespaces that have a name (ip-netns(8)): files in /run/netns that such a namespace is mounted on.</summary>
public static class NamedNetworkNamespace
{
    private const string Folder = "/run/netns/";

    /// <summary>Whether the calling thread is in <paramref name="name"/>; null if there is none of that name to be seen.</summary>
    public static bool? IsOurs(string name) => IsOurs(
        name, File.ReadLines("/proc/thread-self/mountinfo"), new FileInfo("/proc/thread-self/ns/net").LinkTarget);

    /// <summary>
    /// The same by the lines of a mountinfo, whose fourth and fifth fields are what is mounted, such as <c>net:[4026532281]</c>, and where
    /// (proc(5)), and by the name that the kernel gives to our own.
    /// </summary>
    internal static bool? IsOurs(string name, IEnumerable<string> mounts, string? own)
    {
        var theirs = (from mount in mounts
                      let fields = mount.Split(' ')
                      where fields.Length > 4 && fields[4] == Folder + name
                      select fields[3]).LastOrDefault();
        return theirs is null ? null : theirs == own;
    }
}
