using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// The tables' own clock: ticks of 2^26 ns (67 ms) in 32 bits, which last nine years of uptime. Deadlines are rounded up, so nothing
/// expires early and nothing more than two ticks late.
/// </summary>
internal static class Ticks
{
    private const int Shift = 26;

    /// <summary>The tick that <paramref name="time"/> falls into.</summary>
    public static uint At(MonoTime time) => (uint)(time.Nanoseconds >> Shift);

    /// <summary>The ticks to add to the present one so that at least <paramref name="span"/> passes.</summary>
    public static uint For(TimeSpan span)
    {
        var nanoseconds = Math.Clamp(span.Ticks, 0, TimeSpan.TicksPerDay * 365) * TimeSpan.NanosecondsPerTick;
        return (uint)((nanoseconds + ((1L << Shift) - 1)) >> Shift) + 1;
    }

    /// <summary>How long <paramref name="ticks"/> last.</summary>
    public static TimeSpan Span(long ticks) => TimeSpan.FromTicks((ticks << Shift) / TimeSpan.NanosecondsPerTick);
}
