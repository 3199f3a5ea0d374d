using Director.Net;

namespace Director.Lab.Client;

/// <summary>What the prober reported, the newest <see cref="Capacity"/> results. Safe from any thread.</summary>
internal sealed class ProbeLog
{
    /// <summary>Twenty minutes of probing.</summary>
    public const int Capacity = 60_000;

    private readonly Queue<ProbeResult> _results = new();
    private readonly Lock _gate = new();

    /// <summary>Adds a result, in the order of completion.</summary>
    public void Add(ProbeResult result)
    {
        lock (_gate)
        {
            if (_results.Count == Capacity) _results.Dequeue();
            _results.Enqueue(result);
        }
    }

    /// <summary>The results of requests begun at or after <paramref name="from"/>, in the order they were begun.</summary>
    public IReadOnlyList<ProbeResult> Since(MonoTime from)
    {
        lock (_gate) return [.. _results.Where(result => result.Started >= from).OrderBy(result => result.Started)];
    }

    /// <summary>The longest gap that ends in the window, see <see cref="ProbeGap.Longest"/>.</summary>
    public ProbeGap LongestGap(MonoTime from, MonoTime to)
    {
        lock (_gate) return ProbeGap.Longest(_results, from, to);
    }
}
