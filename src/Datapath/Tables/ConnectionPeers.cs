using System.Diagnostics.CodeAnalysis;

namespace Director.Datapath.Tables;

/// <summary>
/// The connection tables of all workers, for packets that the network card gives to another worker than their connection's. Tables are
/// added before their workers start, and disposed of after all of them have ended. Any thread.
/// </summary>
public sealed class ConnectionPeers
{
    /// <summary>How long after a fragment a flow may have its connection with another worker than the one of its whole packets.</summary>
    private static readonly uint FragmentMemory = Ticks.For(TimeSpan.FromSeconds(900));

    private ConnectionTable[] _tables = [];
    private uint _fragmentsUntil;

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

    /// <summary>A worker has seen the first fragment of a datagram.</summary>
    internal void NoteFragment(uint now)
    {
        var until = now + FragmentMemory;
        if (Volatile.Read(ref _fragmentsUntil) != until) Volatile.Write(ref _fragmentsUntil, until);
    }

    /// <summary>Whether there are other workers, and one of them has seen a fragment lately.</summary>
    internal bool HasFragments(uint now) => now < Volatile.Read(ref _fragmentsUntil) && Volatile.Read(ref _tables).Length > 1;

    /// <summary>
    /// Copies the connection named <paramref name="key"/> from any table but <paramref name="own"/>. One that comes or goes at this moment
    /// may be missed.
    /// </summary>
    internal bool TryFind(in ConnectionKey key, ConnectionTable own, out Connection copy)
    {
        foreach (var table in Volatile.Read(ref _tables))
            if (!ReferenceEquals(table, own) && table.TryPeek(key, out copy)) return true;
        copy = default;
        return false;
    }

    /// <summary>
    /// The same of the connection whose answers are named <paramref name="key"/>, with the table and the slot that it is in.
    /// </summary>
    internal bool TryFindByAnswer(
        in ConnectionKey key, ConnectionTable own, out Connection copy, [NotNullWhen(true)] out ConnectionTable? owner, out uint slot)
    {
        foreach (var table in Volatile.Read(ref _tables))
        {
            if (ReferenceEquals(table, own) || !table.TryPeekByAnswer(key, out copy, out slot)) continue;
            owner = table;
            return true;
        }

        (copy, owner, slot) = (default, null, 0);
        return false;
    }
}
