using System.Diagnostics;
using Director.Net;

namespace Director.NBomberEngine;

/// <summary>The monotonic clock, which a run reads too: on Linux a stopwatch counts its nanoseconds.</summary>
internal sealed class StopwatchClock : IMonoClock
{
    /// <inheritdoc/>
    public MonoTime Now => new(Stopwatch.GetTimestamp());
}
