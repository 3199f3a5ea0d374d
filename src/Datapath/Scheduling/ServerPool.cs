namespace Director.Datapath.Scheduling;

/// <summary>A service's servers in IPVS's order, the one added last first. Immutable.</summary>
public sealed class ServerPool
{
    private readonly PooledServer[] _servers;

    internal ServerPool(PooledServer[] servers) => _servers = servers;

    /// <summary>No servers.</summary>
    public static ServerPool Empty { get; } = new([]);

    /// <summary>How many servers.</summary>
    public int Count => _servers.Length;

    /// <summary>The servers, newest first.</summary>
    public ReadOnlySpan<PooledServer> Servers => _servers;

    /// <summary>Server <paramref name="index"/>, newest first.</summary>
    public ref readonly PooledServer this[int index] => ref _servers[index];

    /// <summary>Where the server with that id stands, or -1.</summary>
    internal int IndexOf(int id)
    {
        for (var i = 0; i < _servers.Length; i++)
            if (_servers[i].State.Id == id) return i;
        return -1;
    }
}
