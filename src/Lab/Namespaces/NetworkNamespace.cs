using System.Globalization;

namespace Director.Lab.Namespaces;

/// <summary>
/// A named network namespace (ip-netns(8)), configured by <c>ip</c> and <c>ethtool</c>. Made by <see cref="NamespaceSet.Create"/>.
/// </summary>
internal sealed class NetworkNamespace
{
    private readonly Lazy<string> _identity;

    internal NetworkNamespace(string name, string role, string? directory = null)
    {
        (Name, Role, Directory) = (name, role, directory);
        _identity = new(() => Run("readlink", "/proc/self/ns/net").Trim());
    }

    /// <summary>The name that <c>ip netns</c> knows.</summary>
    public string Name { get; }

    /// <summary>What it stands for, such as <c>d1</c>.</summary>
    public string Role { get; }

    /// <summary>The directory of its network, for files that go when the network goes; null of one that was only found.</summary>
    public string? Directory { get; }

    /// <summary>The file that setns(2) takes a descriptor of.</summary>
    public string Path => $"/run/netns/{Name}";

    /// <summary>Runs <c>ip</c> with these arguments on this namespace; throws <see cref="LabException"/> if it fails.</summary>
    public string Ip(params ReadOnlySpan<string> arguments) => Tool.Run(["ip", "-n", Name, .. arguments]);

    /// <summary>Runs a command inside, to its end, and returns its output; throws <see cref="LabException"/> if it fails.</summary>
    public string Run(params ReadOnlySpan<string> command) => Tool.Run(["ip", "netns", "exec", Name, .. command]);

    /// <summary>Starts a command inside; the caller owns it.</summary>
    public NamespaceProcess Start(params ReadOnlySpan<string> command) => NamespaceProcess.Start(this, command);

    /// <summary>Sets a sysctl of this namespace, by its dotted or slashed name, e.g. <c>net.ipv4.ip_forward</c>.</summary>
    public void Sysctl(string name, string value)
    {
        var path = "/proc/sys/" + (name.Contains('/') ? name : name.Replace('.', '/'));
        Run("sh", "-c", "printf '%s\\n' \"$2\" > \"$1\"", "sysctl", path, value);
    }

    /// <summary>
    /// Adds an address with prefix length to a link, e.g. <c>192.168.80.132/24</c>; usable at once (no duplicate detection).
    /// </summary>
    public void AddAddress(string link, string addressAndPrefix)
    {
        if (addressAndPrefix.Contains(':')) Ip("address", "add", addressAndPrefix, "dev", link, "nodad");
        else Ip("address", "add", addressAndPrefix, "dev", link);
    }

    /// <summary>Process ids of everything that runs inside.</summary>
    public IReadOnlyList<int> ProcessIds() => [.. Tool.Run("ip", "netns", "pids", Name)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>
    /// Kills everything inside with SIGKILL, as if the machine lost power: all are stopped first, so that none sees another's death
    /// and none forks unseen.
    /// </summary>
    public void KillAll()
    {
        var stopped = new HashSet<int>();
        while (ProcessIds().Where(stopped.Add).ToArray() is { Length: > 0 } seen) Signal("STOP", seen);
        if (stopped.Count > 0) Signal("KILL", stopped);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether process <paramref name="pid"/> is inside; false too if it has ended.</summary>
    internal bool Holds(int pid)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/net")).LinkTarget == _identity.Value;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Switches IPv6 off for all links, present and future; nothing to do on a kernel without it.</summary>
    internal void DisableIpv6() => Run("sh", "-c",
        "for which in all default; do f=/proc/sys/net/ipv6/conf/$which/disable_ipv6; [ ! -e $f ] || echo 1 > $f; done");

    /// <summary>Removes a namespace of the lab's and everything that runs in it.</summary>
    internal static void Remove(string name)
    {
        if (!NamespaceName.TryParse(name, out _)) throw new LabException($"namespace '{name}' is not the lab's to remove");
        var abandoned = new NetworkNamespace(name, "");
        try
        {
            abandoned.KillAll();
        }
        catch (LabException) when (!File.Exists(abandoned.Path))
        {
            return; // its own reaper was faster
        }

        Tool.TryRun("ip", "netns", "del", name);
    }

    // A process that ended meanwhile is no failure.
    private static void Signal(string signal, IEnumerable<int> pids) =>
        Tool.TryRun("sh", "-c", $"kill -{signal} {string.Join(' ', pids)}");
}
