using System.Net;

namespace Director.Lab.Client;

/// <summary>
/// Asks on a fixed grid of instants, whatever became of the request before: each from a fresh socket, the sources taking turns. A grid
/// point that passed unused because the machine was busy is skipped, not made up for, so a gap between requests shows as what it is.
/// </summary>
internal static class Prober
{
    /// <summary>The interval the outage bounds are stated for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>How long one request may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Probes until cancelled, in the namespace of the calling process; hands each result to <paramref name="done"/>, from pool
    /// threads.
    /// </summary>
    public static void Run(IReadOnlyList<IPAddress> sources, IPEndPoint target, Action<ProbeResult> done, CancellationToken stop)
    {
        var next = LabClock.Shared.Now;
        for (var sequence = 0; !stop.IsCancellationRequested; sequence++)
        {
            _ = ProbeAsync(sequence, sources[sequence % sources.Count], target, done);
            do next += Interval;
            while (next < LabClock.Shared.Now);
            stop.WaitHandle.WaitOne(next - LabClock.Shared.Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private static async Task ProbeAsync(int sequence, IPAddress source, IPEndPoint target, Action<ProbeResult> done) =>
        done(await HttpProbe.RunAsync(sequence, source, target, Timeout));
}
