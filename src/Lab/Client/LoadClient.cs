using System.Net;

namespace Director.Lab.Client;

/// <summary>Makes a number of requests from given addresses, the addresses taking turns.</summary>
internal static class LoadClient
{
    /// <summary>How long one request may take: room for a SYN to be sent again (RFC 6298 §2, one second).</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Makes <paramref name="each"/> requests from every source, at most <paramref name="concurrency"/> at a time, begun in order.
    /// </summary>
    public static async Task RunAsync(
        IReadOnlyList<IPAddress> sources, IPEndPoint target, int each, int concurrency, Action<RequestResult> done, CancellationToken stop)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = stop };
        await Parallel.ForEachAsync(Enumerable.Range(0, each * sources.Count), options, async (sequence, _) =>
            done(await HttpRequest.RunAsync(sequence, sources[sequence % sources.Count], target, Timeout)));
    }
}
