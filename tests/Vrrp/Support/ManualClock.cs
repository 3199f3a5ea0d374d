using Director.Net;

namespace Director.Tests.Vrrp.Support;

/// <summary>A clock that stands until it is set.</summary>
internal sealed class ManualClock : IMonoClock
{
    public MonoTime Now { get; set; } = new(1_000_000_000_000);

    public void Advance(double seconds) => Now += TimeSpan.FromSeconds(seconds);
}
