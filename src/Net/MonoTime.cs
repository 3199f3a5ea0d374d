namespace Director.Net;

/// <summary>
/// An instant on the monotonic clock, in nanoseconds since an arbitrary origin (<c>CLOCK_MONOTONIC</c>, clock_gettime(2)).
/// It never jumps with the wall clock. The difference of two instants is a <see cref="TimeSpan"/>, rounded toward zero to 100 ns.
/// </summary>
/// <param name="Nanoseconds">Nanoseconds since the clock's origin; <see cref="Never"/> is the largest value.</param>
public readonly record struct MonoTime(long Nanoseconds) : IComparable<MonoTime>
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The clock's origin; the instant at which simulated time starts.</summary>
    public static MonoTime Zero => default;

    /// <summary>Later than every other instant: the deadline of a timer that is not armed.</summary>
    public static MonoTime Never => new(long.MaxValue);

    /// <summary>Whether this is a deadline that never comes.</summary>
    public bool IsNever => Nanoseconds == long.MaxValue;

    /// <summary>The instant <paramref name="span"/> later; saturates at <see cref="Never"/>.</summary>
    public static MonoTime operator +(MonoTime time, TimeSpan span)
    {
        if (time.IsNever) return Never;
        var headroomTicks = (long.MaxValue - Math.Max(time.Nanoseconds, 0)) / NanosecondsPerTick;
        return span.Ticks >= headroomTicks ? Never : new(time.Nanoseconds + (span.Ticks * NanosecondsPerTick));
    }

    /// <summary>The instant <paramref name="span"/> earlier; <see cref="Never"/> stays.</summary>
    public static MonoTime operator -(MonoTime time, TimeSpan span) => time + -span;

    /// <summary>How long after <paramref name="earlier"/> this instant is; <see cref="TimeSpan.MaxValue"/> if it never comes.</summary>
    public static TimeSpan operator -(MonoTime later, MonoTime earlier) =>
        later.IsNever ? TimeSpan.MaxValue : TimeSpan.FromTicks((later.Nanoseconds - earlier.Nanoseconds) / NanosecondsPerTick);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(MonoTime left, MonoTime right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(MonoTime left, MonoTime right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(MonoTime left, MonoTime right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(MonoTime left, MonoTime right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>The earlier of two instants.</summary>
    public static MonoTime Min(MonoTime left, MonoTime right) => left < right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(MonoTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <inheritdoc/>
    public override string ToString() =>
        IsNever ? "never" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Nanoseconds / 1e9:F6}s");
}
