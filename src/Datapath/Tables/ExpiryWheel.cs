namespace Director.Datapath.Tables;

/// <summary>
/// Finds entries whose deadline has come. One ring of lists, one list per tick; entries are numbers from 1 up. A deadline that only
/// moves later costs nothing here: its owner notes it in the entry, and when the list fires the owner puts the entry back
/// (<see cref="Add"/>). Deadlines beyond the ring's horizon are put back the same way. Not safe for concurrent use.
/// </summary>
internal sealed class ExpiryWheel
{
    private const int Lists = 16384;
    private const uint Mask = Lists - 1;

    private readonly Link[] _links;
    private readonly uint[] _heads = new uint[Lists];
    private uint _tick;
    private int _queued;

    public ExpiryWheel(int capacity) => _links = new Link[capacity + 1];

    /// <summary>
    /// Queues <paramref name="entry"/>, which is not queued, to fire at <paramref name="deadline"/>, or earlier if that is far.
    /// </summary>
    public void Add(uint entry, uint deadline, uint now)
    {
        if (_queued++ == 0) _tick = now;
        var fire = Math.Clamp(deadline, _tick, _tick + Mask);
        ref var head = ref _heads[fire & Mask];
        _links[entry] = new() { Next = head, Previous = 0, Fire = fire };
        if (head != 0) _links[head].Previous = entry;
        head = entry;
    }

    /// <summary>Sees to it that <paramref name="entry"/>, which is queued, fires no later than <paramref name="deadline"/>.</summary>
    public void MoveEarlier(uint entry, uint deadline, uint now)
    {
        if (_links[entry].Fire <= deadline) return;
        Remove(entry);
        Add(entry, deadline, now);
    }

    /// <summary>Takes <paramref name="entry"/>, which is queued, out.</summary>
    public void Remove(uint entry)
    {
        ref var link = ref _links[entry];
        if (link.Previous != 0) _links[link.Previous].Next = link.Next;
        else _heads[link.Fire & Mask] = link.Next;
        if (link.Next != 0) _links[link.Next].Previous = link.Previous;
        _queued--;
    }

    /// <summary>
    /// Takes out the next entry that fires by <paramref name="now"/>, or returns 0. Stepping to the next list and taking an entry each
    /// cost one of <paramref name="budget"/>; at 0 the rest waits for the next call.
    /// </summary>
    public uint Take(uint now, ref int budget)
    {
        if (_queued == 0) return 0;

        // Left alone for more than a round: one round visits every list.
        if (now > _tick && now - _tick > Mask) _tick = now - Mask;
        while (_tick <= now && budget > 0)
        {
            budget--;
            var entry = _heads[_tick & Mask];
            if (entry != 0)
            {
                Remove(entry);
                return entry;
            }

            if (_tick == now) break;
            _tick++;
        }

        return 0;
    }

    private struct Link
    {
        public uint Next;
        public uint Previous;
        public uint Fire;
    }
}
