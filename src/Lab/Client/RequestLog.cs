using Director.Net;

namespace Director.Lab.Client;

/// <summary>What the steady client reported, the newest <see cref="Capacity"/> results. Safe from any thread.</summary>
internal sealed class RequestLog
{
    /// <summary>Twenty minutes of asking.</summary>
    public const int Capacity = 60_000;

    private readonly Queue<RequestResult> _results = new();
    private readonly Lock _gate = new();

    /// <summary>Adds a result, in the order of completion.</summary>
    public void Add(RequestResult result)
    {
        lock (_gate)
        {
            if (_results.Count == Capacity) _results.Dequeue();
            _results.Enqueue(result);
        }
    }

    /// <summary>The results of requests begun at or after <paramref name="from"/>, in the order they were begun.</summary>
    public IReadOnlyList<RequestResult> Since(MonoTime from)
    {
        lock (_gate) return [.. _results.Where(result => result.Started >= from).OrderBy(result => result.Started)];
    }

    /// <summary>The longest gap that ends in the window, see <see cref="RequestGap.Longest"/>.</summary>
    public RequestGap LongestGap(MonoTime from, MonoTime to)
    {
        lock (_gate) return RequestGap.Longest(_results, from, to);
    }
}
