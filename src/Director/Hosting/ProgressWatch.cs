using Director.Net;

namespace Director.Hosting;

/// <summary>
/// Tells from a number that rises while something goes on when that was so last, without the thing reading a clock. Pure; one thread.
/// </summary>
internal sealed class ProgressWatch
{
    private long _seen = -1;
    private MonoTime _lookedAt = MonoTime.Zero;
    private MonoTime _progressedAt = MonoTime.Zero;

    /// <summary>
    /// An instant, not later than <paramref name="now"/>, until which it went on: of a number that has risen the look before, as it may
    /// have stopped right after that.
    /// </summary>
    public MonoTime Look(long progress, MonoTime now)
    {
        if (progress != _seen) _progressedAt = _seen < 0 ? now : _lookedAt;
        (_seen, _lookedAt) = (progress, now);
        return _progressedAt;
    }
}
