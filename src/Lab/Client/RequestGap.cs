using Director.Net;

namespace Director.Lab.Client;

/// <summary>The time a client was not served.</summary>
/// <param name="From">When the last request was begun that was still answered.</param>
/// <param name="To">When the first request was begun that was answered again; the end of the window if none was.</param>
/// <param name="Open">Whether nothing was answered up to the end of the window.</param>
internal readonly record struct RequestGap(MonoTime From, MonoTime To, bool Open)
{
    /// <summary>How long it lasted.</summary>
    public TimeSpan Length => To - From;

    /// <summary>
    /// The longest gap between the beginnings of consecutive answered requests, among those gaps that end after <paramref
    /// name="from"/>: a gap that was under way at <paramref name="from"/> counts from the last answer before it. Results may come in
    /// any order.
    /// </summary>
    /// <param name="results">What the steady client said.</param>
    /// <param name="from">Begin of the window: when the fault was made.</param>
    /// <param name="to">End of the window; requests begun later are left out.</param>
    public static RequestGap Longest(IEnumerable<RequestResult> results, MonoTime from, MonoTime to)
    {
        var answered = results.Where(result => result.Answered && result.Started <= to).Select(result => result.Started).Order().ToList();
        var last = answered.LastOrDefault(start => start <= from, from);
        var longest = new RequestGap(last, last, false);
        foreach (var start in answered.Where(start => start > from))
        {
            if (start - last > longest.Length) longest = new(last, start, false);
            last = start;
        }

        return to - last > longest.Length ? new(last, to, true) : longest;
    }
}
