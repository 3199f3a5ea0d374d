namespace Director.Datapath.Scheduling;

/// <summary>
/// Which servers of a pool have other counts than when they were last looked at, a bit for each. Workers set bits at any time and take no
/// lock for it; whoever holds the service's lock takes them. A change that came before the taking is in the bits, or in the counts that
/// are read after it.
/// </summary>
internal sealed class ChangedServers
{
    public const int BitsPerWord = 64;

    private readonly ulong[] _words;
    private bool _isAbandoned;

    /// <summary>Of <paramref name="pool"/>, whose servers tell of their changes here from now on, and no longer elsewhere.</summary>
    public ChangedServers(ServerPool pool)
    {
        _words = new ulong[(pool.Count + BitsPerWord - 1) / BitsPerWord];
        for (var index = 0; index < pool.Count; index++)
        {
            _words[index / BitsPerWord] |= 1UL << (index % BitsPerWord);
            pool[index].State.Watch(new(this, index));
        }
    }

    /// <summary>How many words there are.</summary>
    public int Words => _words.Length;

    /// <summary>Whether a server tells of its changes elsewhere by now, so that these are not all.</summary>
    public bool IsAbandoned => Volatile.Read(ref _isAbandoned);

    /// <summary>The bits of word <paramref name="number"/>, which are cleared.</summary>
    public ulong Take(int number) => Volatile.Read(ref _words[number]) == 0 ? 0 : Interlocked.Exchange(ref _words[number], 0);

    /// <summary>Server <paramref name="index"/> has changed. Its new counts are written, with a full fence behind them.</summary>
    public void Mark(int index)
    {
        ref var word = ref _words[index / BitsPerWord];
        var bit = 1UL << (index % BitsPerWord);
        if ((Volatile.Read(ref word) & bit) == 0) Interlocked.Or(ref word, bit);
    }

    /// <summary>A server has left for a later pool's.</summary>
    public void Abandon() => Volatile.Write(ref _isAbandoned, true);
}
