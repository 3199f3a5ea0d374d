using Director.Net;

namespace Director.Hosting;

/// <summary>
/// By which devices offloaded flows may leave: by those that a neighbour behind them has answered over, from every device that frames come
/// in by. Decides what is to be asked next, and what follows from the answers. Pure; one thread at a time.
/// </summary>
internal sealed class OffloadWays
{
    /// <summary>Between questions over a device that is proven: what loses frames from now on is noticed.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    /// <summary>After the first question without an answer; twice as long after each that follows.</summary>
    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(64);

    /// <summary>Questions in a row without an answer after which a device that was proven is so no more.</summary>
    internal const int Doubts = 3;

    private readonly SortedDictionary<ushort, Way> _ways = [];
    private int _ingresses = 1;

    /// <summary>A neighbour that may be asked.</summary>
    internal readonly record struct Neighbour(IpAddress128 Address, MacAddress Mac);

    /// <summary>What is to be asked: a neighbour, from one device over another.</summary>
    internal readonly record struct Question(ushort Ingress, ushort Egress, Neighbour Neighbour);

    /// <summary>How a device stands.</summary>
    /// <param name="Egress">Its number.</param>
    /// <param name="IsProven">Whether flows may leave by it.</param>
    /// <param name="Unanswered">Questions in a row without an answer, whoever was asked.</param>
    /// <param name="Last">Who was asked last; null if nobody was.</param>
    /// <param name="Refusal">What the kernel said instead of asking; null if it asked.</param>
    internal readonly record struct Standing(ushort Egress, bool IsProven, int Unanswered, Neighbour? Last, string? Refusal);

    /// <summary>When there is something to ask.</summary>
    public MonoTime NextDeadline =>
        _ways.Values.Where(way => way.Neighbours.Count > 0).Select(way => way.Due).DefaultIfEmpty(MonoTime.Never).Min();

    /// <summary>How each device stands that a server is or was behind.</summary>
    public IReadOnlyList<Standing> Standings => [.. _ways.Select(entry => entry.Value.ToStanding(entry.Key))];

    /// <summary>
    /// Says who is behind which device, and by how many devices frames come. News about an unproven device is acted on at once, and pauses
    /// begin anew; what is known of the device stays.
    /// </summary>
    public void Set(ILookup<ushort, Neighbour> neighbours, int ingresses, MonoTime now)
    {
        _ingresses = ingresses;
        foreach (var behind in neighbours) _ways.TryAdd(behind.Key, new Way { Due = now });
        foreach (var (egress, way) in _ways)
        {
            var behind = neighbours[egress].Distinct().ToList();
            if (way.Neighbours.SequenceEqual(behind)) continue;
            way.Neighbours = behind;
            if (!way.IsProven) (way.Due, way.Pauses) = (now, 0);
        }
    }

    /// <summary>Takes nothing for proven any more: devices have changed.</summary>
    public void Forget(MonoTime now)
    {
        foreach (var egress in _ways.Keys.ToList()) _ways[egress] = new Way { Due = now, Neighbours = _ways[egress].Neighbours };
    }

    /// <summary>What is to be asked now, if anything; <see cref="Take"/> has to follow.</summary>
    public bool TryNext(MonoTime now, out Question question)
    {
        foreach (var (egress, way) in _ways)
        {
            if (way.Due > now || way.Neighbours.Count == 0) continue;
            way.Last = way.Neighbours[way.Turn++ % way.Neighbours.Count];
            question = new((ushort)way.Ingress, egress, way.Last.Value);
            return true;
        }

        question = default;
        return false;
    }

    /// <summary>Takes in what became of a question; returns whether another device is proven now, or one no more.</summary>
    public bool Take(in Question question, bool isAnswered, string? refusal, MonoTime now)
    {
        if (!_ways.TryGetValue(question.Egress, out var way)) return false;
        var was = way.IsProven;
        way.Refusal = refusal;
        if (isAnswered)
        {
            (way.Unanswered, way.Pauses) = (0, 0);
            if (++way.Ingress < _ingresses) return false;
            (way.Ingress, way.IsProven, way.Due) = (0, true, now + Again);
            return !was;
        }

        way.Ingress = 0;
        way.Unanswered++;
        way.Due = now + Pause(++way.Pauses);
        if (way.Unanswered >= Doubts) way.IsProven = false;
        return was && !way.IsProven;
    }

    private static TimeSpan Pause(int number)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(number, 16) - 1);
        return pause < LongestPause ? pause : LongestPause;
    }

    private sealed class Way
    {
        public List<Neighbour> Neighbours = [];
        public MonoTime Due;
        public int Ingress;
        public int Turn;
        public int Unanswered;
        public int Pauses;
        public bool IsProven;
        public Neighbour? Last;
        public string? Refusal;

        public Standing ToStanding(ushort egress) => new(egress, IsProven, Unanswered, Last, Refusal);
    }
}
