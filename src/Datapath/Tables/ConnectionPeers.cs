using System.Diagnostics.CodeAnalysis;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// The connection tables of all workers, for packets that the network card gives to another worker than their connection's. Tables are
/// added before their workers start, and disposed of after all of them have ended. Any thread.
/// </summary>
public sealed class ConnectionPeers
{
    /// <summary>How long after the last sign of that a flow may come to another worker than its connection's.</summary>
    private static readonly uint Memory = Ticks.For(TimeSpan.FromSeconds(900));

    private ConnectionTable[] _tables = [];
    private uint _elsewhereUntil;

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

    /// <summary>The network card may give flows to other workers from now on.</summary>
    public void NoteMoved(MonoTime now) => NoteMoved(Ticks.At(now));

    /// <summary>The same; a worker has seen a fragment, or a packet of another worker's connection.</summary>
    internal void NoteMoved(uint now)
    {
        var until = now + Memory;
        if (Volatile.Read(ref _elsewhereUntil) != until) Volatile.Write(ref _elsewhereUntil, until);
    }

    /// <summary>Whether there are other workers, and any flow may have its connection with one of them.</summary>
    internal bool MayHave(uint now) => now < Volatile.Read(ref _elsewhereUntil) && Volatile.Read(ref _tables).Length > 1;

    /// <summary>
    /// Copies the connection named <paramref name="key"/> from any table but <paramref name="own"/>, and says which table and slot it is
    /// in. One that comes or goes at this moment may be missed.
    /// </summary>
    internal bool TryFind(
        in ConnectionKey key, ConnectionTable own, out Connection copy, [NotNullWhen(true)] out ConnectionTable? owner, out uint slot)
    {
        foreach (var table in Volatile.Read(ref _tables))
        {
            if (ReferenceEquals(table, own) || !table.TryPeek(key, out copy, out slot)) continue;
            owner = table;
            return true;
        }

        (copy, owner, slot) = (default, null, 0);
        return false;
    }

    /// <summary>The same of the connection whose answers are named <paramref name="key"/>.</summary>
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
