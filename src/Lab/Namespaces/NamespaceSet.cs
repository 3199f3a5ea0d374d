namespace Director.Lab.Namespaces;

/// <summary>
/// The network namespaces of one network, made and removed together. They are removed on <see cref="Dispose"/>, and by a
/// <see cref="NamespaceReaper"/> if the process ends without it, even by <c>kill -9</c>; what an owner left that died together with its
/// reaper is removed by the next process that makes a set. Needs root. For one thread at a time.
/// </summary>
internal sealed class NamespaceSet : IDisposable
{
    // Once, and before anything is made: whatever bears this process's own id then is somebody else's.
    private static readonly Lazy<IReadOnlyList<string>> Swept = new(() => Leftovers.Remove(ownPidToo: true));
    private static int _networks;

    private readonly NamespaceName _network;
    private readonly NamespaceReaper _reaper;
    private readonly List<NetworkNamespace> _namespaces = [];
    private bool _disposed;

    /// <summary>An empty set with a number of its own; removes leftovers of dead owners first.</summary>
    /// <param name="keepable">Whether <see cref="Keep"/> will be used: the namespaces then bear names that no clean-up touches.</param>
    public NamespaceSet(bool keepable = false)
    {
        _ = Swept.Value;
        _network = new(Environment.ProcessId, Interlocked.Increment(ref _networks), "", keepable);
        System.IO.Directory.CreateDirectory(_network.Directory);
        _reaper = NamespaceReaper.Start(_network.NetworkPrefix, _network.Directory);
    }

    /// <summary>The shell command that removes this network by hand, once it was kept.</summary>
    public string RemovalCommand =>
        $"for n in $(ls /run/netns | grep '^{_network.NetworkPrefix}'); do ip netns pids $n | xargs -r kill -9; ip netns del $n; done; " +
        $"rm -r {Directory}";

    /// <summary>A directory of this network's own, under <c>/run</c>; it goes when the network goes.</summary>
    public string Directory => _network.Directory;

    /// <summary>What was made so far.</summary>
    public IReadOnlyList<NetworkNamespace> Namespaces => _namespaces;

    /// <summary>
    /// Makes a namespace, <c>lo</c> up. IPv6 is switched off unless asked for: its neighbour and multicast discovery would disturb
    /// exact counters.
    /// </summary>
    /// <param name="role">Last part of the name, such as <c>d1</c>: letters, digits and <c>_</c>.</param>
    /// <param name="ipv6">Whether IPv6 stays on.</param>
    public NetworkNamespace Create(string role, bool ipv6 = false)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!NamespaceName.IsRole(role)) throw new LabException($"'{role}' cannot be part of a namespace's name");
        var name = (_network with { Role = role }).ToString();
        Tool.Run("ip", "netns", "add", name);
        var made = new NetworkNamespace(name, role, Directory);
        _namespaces.Add(made);
        if (!ipv6) made.DisableIpv6();
        made.Ip("link", "set", "lo", "up");
        return made;
    }

    /// <summary>Leaves the network standing after this process; the set must have been made keepable.</summary>
    public void Keep()
    {
        if (!_network.Kept) throw new InvalidOperationException("this set was not made to be kept");
        if (_disposed) return;
        _disposed = true;
        _reaper.Keep();
        _reaper.Dispose();
    }

    /// <summary>
    /// Kills what runs in the namespaces and deletes them, by way of the reaper: there is one way to clean up, and it is always used.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _reaper.Dispose();
    }
}
