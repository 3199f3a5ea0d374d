using System.Diagnostics;
using Director.Net;

namespace Director.Lab.Client;

/// <summary>
/// CLOCK_MONOTONIC, which all processes of a machine share: what a client in its own process measured compares with what the lab did.
/// </summary>
internal sealed class LabClock : IMonoClock
{
    /// <summary>The one clock.</summary>
    public static LabClock Shared { get; } = new();

    /// <inheritdoc/>
    public MonoTime Now => new(Stopwatch.GetTimestamp()); // nanoseconds since boot on Linux
}
