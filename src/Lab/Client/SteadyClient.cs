using System.Net;

namespace Director.Lab.Client;

/// <summary>
/// Asks on a fixed grid of instants, whatever became of the request before: each from a fresh socket, the sources taking turns. A grid
/// point that passed unused because the machine was busy is skipped, not made up for, so a gap between requests shows as what it is.
/// </summary>
internal static class SteadyClient
{
    /// <summary>The interval the outage bounds are stated for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>How long one request may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Asks until cancelled, in the namespace of the calling process; hands each result to <paramref name="done"/>, from pool
    /// threads.
    /// </summary>
    public static void Run(IReadOnlyList<IPAddress> sources, IPEndPoint target, Action<RequestResult> done, CancellationToken stop)
    {
        var next = LabClock.Shared.Now;
        for (var sequence = 0; !stop.IsCancellationRequested; sequence++)
        {
            _ = AskAsync(sequence, sources[sequence % sources.Count], target, done);
            do next += Interval;
            while (next < LabClock.Shared.Now);
            stop.WaitHandle.WaitOne(next - LabClock.Shared.Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private static async Task AskAsync(int sequence, IPAddress source, IPEndPoint target, Action<RequestResult> done) =>
        done(await HttpRequest.RunAsync(sequence, source, target, Timeout));
}
