using Director.Net;

namespace Director.Tests.Vrrp.Support;

/// <summary>A machine's own clock, which counts too fast or too slow.</summary>
/// <param name="world">The right time.</param>
/// <param name="stretch">How long its second lasts, in seconds.</param>
internal sealed class DriftingClock(ManualClock world, double stretch) : IMonoClock
{
    private readonly MonoTime _start = world.Now;

    public MonoTime Now => new(_start.Nanoseconds + (long)((world.Now.Nanoseconds - _start.Nanoseconds) / stretch));

    /// <summary>When it is so late by this clock, or a moment later.</summary>
    public MonoTime InWorld(MonoTime own) => own.IsNever
        ? own
        : new(_start.Nanoseconds + (long)Math.Ceiling((own.Nanoseconds - _start.Nanoseconds) * stretch) + 1);
}
