using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <summary>
/// Whether an interface that comes and goes is taken to be up: a change is believed when it has lasted for its delay, and one that is
/// taken back before leaves no trace. An interface that is missing is down at once. Pure; one thread.
/// </summary>
internal sealed class LinkDebounce
{
    private LinkDelays _delays;

    /// <summary>What is so at first is believed at once.</summary>
    public LinkDebounce(LinkDelays delays, bool isUp) => (_delays, IsUp) = (delays, isUp);

    /// <summary>What is believed.</summary>
    public bool IsUp { get; private set; }

    /// <summary>When the other is believed, unless it changes back; never if what is believed is so.</summary>
    public MonoTime NextDeadline { get; private set; } = MonoTime.Never;

    /// <summary>Takes what the interface is now; true if something else is believed from now on.</summary>
    public bool Observe(LinkStatus status, MonoTime now)
    {
        if (status.IsUp == IsUp)
        {
            NextDeadline = MonoTime.Never;
            return false;
        }

        var delay = status.IsUp ? _delays.Up : _delays.Down;
        if (delay == TimeSpan.Zero || status.IsMissing) return Believe();
        if (NextDeadline.IsNever) NextDeadline = now + delay;
        return false;
    }

    /// <summary>Lets the time pass; true if something else is believed from now on.</summary>
    public bool Expire(MonoTime now) => NextDeadline <= now && Believe();

    /// <summary>Believes at once what is so; true if that is something else.</summary>
    public bool End() => !NextDeadline.IsNever && Believe();

    /// <summary>Takes other delays; a change that waits already waits as it was to.</summary>
    public void SetDelays(LinkDelays delays) => _delays = delays;

    private bool Believe()
    {
        IsUp = !IsUp;
        NextDeadline = MonoTime.Never;
        return true;
    }
}
