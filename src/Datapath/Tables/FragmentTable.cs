namespace Director.Datapath.Tables;

/// <summary>
/// Where the first fragments of datagrams went, so that the others follow, in either direction. Bounded: of each set of four the one that
/// ends first makes room. One thread only.
/// </summary>
internal sealed class FragmentTable
{
    private const int Ways = 4;
    private const int Sets = DatapathLimits.FragmentedDatagrams / Ways;

    private readonly Entry[] _entries = new Entry[Sets * Ways];

    /// <summary>
    /// Notes that the datagram named <paramref name="key"/> went to, or came from, <paramref name="way"/>'s server.
    /// </summary>
    public void Add(in ConnectionKey key, ulong hash, in FragmentWay way, uint deadline)
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

        place = new() { Key = key, Way = way, Deadline = deadline };
    }

    /// <summary>Whether the first fragment of the datagram has been seen, and where it went.</summary>
    public bool TryFind(in ConnectionKey key, ulong hash, uint now, out FragmentWay way)
    {
        foreach (ref readonly var entry in SetOf(hash))
        {
            if (entry.Deadline <= now || !entry.Key.Matches(key)) continue;
            way = entry.Way;
            return true;
        }

        way = default;
        return false;
    }

    private Span<Entry> SetOf(ulong hash) => _entries.AsSpan((int)(hash % Sets) * Ways, Ways);

    private struct Entry
    {
        public ConnectionKey Key;
        public FragmentWay Way;

        /// <summary>The tick from which on it counts no more; 0 of an empty place.</summary>
        public uint Deadline;
    }
}
