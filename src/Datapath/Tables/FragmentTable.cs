namespace Director.Datapath.Tables;

/// <summary>
/// Where the first fragments of datagrams went, so that the others follow. Bounded: of each set of four the one that ends first makes
/// room. One thread only.
/// </summary>
internal sealed class FragmentTable
{
    private const int Ways = 4;
    private const int Sets = DatapathLimits.FragmentedDatagrams / Ways;

    private readonly Entry[] _entries = new Entry[Sets * Ways];

    /// <summary>Notes that the datagram named <paramref name="key"/> went to <paramref name="server"/>; 0 is the host.</summary>
    public void Add(in ConnectionKey key, ulong hash, int server, uint deadline)
    {
        ref var place = ref SetOf(hash)[0];
        foreach (ref var entry in SetOf(hash))
        {
            if (entry.Deadline != 0 && entry.Key.Matches(key))
            {
                place = ref entry;
                break;
            }

            if (entry.Deadline < place.Deadline) place = ref entry;
        }

        place = new() { Key = key, Server = server, Deadline = deadline };
    }

    /// <summary>Whether the first fragment of the datagram has been seen, and where it went.</summary>
    public bool TryFind(in ConnectionKey key, ulong hash, uint now, out int server)
    {
        foreach (ref readonly var entry in SetOf(hash))
        {
            if (entry.Deadline <= now || !entry.Key.Matches(key)) continue;
            server = entry.Server;
            return true;
        }

        server = 0;
        return false;
    }

    private Span<Entry> SetOf(ulong hash) => _entries.AsSpan((int)(hash % Sets) * Ways, Ways);

    private struct Entry
    {
        public ConnectionKey Key;
        public int Server;

        /// <summary>The tick from which on it counts no more; 0 of an empty place.</summary>
        public uint Deadline;
    }
}
