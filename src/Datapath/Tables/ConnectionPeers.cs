namespace Director.Datapath.Tables;

/// <summary>
/// The connection tables of all workers, for packets that the network card gives to another worker than their connection's. Tables are
/// added before their workers start, and disposed of after all of them have ended. Any thread.
/// </summary>
public sealed class ConnectionPeers
{
    private ConnectionTable[] _tables = [];

    /// <summary>Adds a worker's table.</summary>
    public void Add(ConnectionTable table)
    {
        ConnectionTable[] before, after;
        do
        {
            before = _tables;
            after = [.. before, table];
        }
        while (Interlocked.CompareExchange(ref _tables, after, before) != before);
    }

    /// <summary>
    /// The server of the connection named <paramref name="key"/> in any table but <paramref name="own"/>, or 0. A connection that comes
    /// or goes at this moment may be missed.
    /// </summary>
    internal int FindServer(in ConnectionKey key, ConnectionTable own)
    {
        foreach (var table in Volatile.Read(ref _tables))
        {
            if (ReferenceEquals(table, own)) continue;
            var server = table.PeekServer(key);
            if (server != 0) return server;
        }

        return 0;
    }
}
