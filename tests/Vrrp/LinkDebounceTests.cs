using System.Globalization;
using Director.Net;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

/// <summary>
/// What is believed of an interface with a delay of 2 s down and 5 s up. An event is <c>SECONDS up|down|missing|time|end</c>; after each
/// stands what is believed, and with + that it has just changed.
/// </summary>
public class LinkDebounceTests
{
    [Theory]
    // Believed when it has lasted, not before, and once.
    [InlineData("0 down up, 1.999 time up, 2 time down+, 3 time down")]
    // The first of several events counts, not the last.
    [InlineData("0 down up, 1 down up, 2 time down+")]
    // Taken back in time leaves no trace, and the next begins anew.
    [InlineData("0 down up, 1.9 up up, 2 time up, 3 down up, 4.9 time up, 5 time down+")]
    // The way back has its own delay.
    [InlineData("0 down up, 2 time down+, 3 up down, 7.9 time down, 8 time up+")]
    [InlineData("0 down up, 2 time down+, 3 up down, 7 down down, 8 time down, 9 up down, 14 time up+")]
    // Without an interface there is nothing to wait for; one that comes is waited for.
    [InlineData("0 missing down+, 1 up down, 6 time up+")]
    [InlineData("0 down up, 1 missing down+, 2 time down")]
    // Who must know now knows.
    [InlineData("0 down up, 1 end down+, 2 time down, 3 up down, 8 time up+")]
    [InlineData("0 end up, 1 up up, 2 end up")]
    public void A_change_is_believed_when_it_has_lasted(string course)
    {
        var debounce = new LinkDebounce(new("e0", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)), isUp: true);
        foreach (var step in course.Split(", "))
        {
            var words = step.Split(' ');
            var now = MonoTime.Zero + TimeSpan.FromSeconds(double.Parse(words[0], CultureInfo.InvariantCulture));
            var changed = words[1] switch
            {
                "time" => debounce.Expire(now),
                "end" => debounce.End(),
                "missing" => debounce.Observe(new(false, default, Mtu: 0), now),
                _ => debounce.Observe(new(words[1] == "up", default), now),
            };
            Assert.Equal(words[2], (debounce.IsUp ? "up" : "down") + (changed ? "+" : ""));
        }
    }

    [Theory]
    [InlineData(0, 5, true, false)]
    [InlineData(0, 5, false, true)]
    [InlineData(5, 0, false, false)]
    [InlineData(5, 0, true, true)]
    public void Without_a_delay_a_change_is_believed_at_once(int down, int up, bool wasUp, bool isDeferred)
    {
        // From up it goes down, and the other way round.
        var debounce = new LinkDebounce(new("e0", TimeSpan.FromSeconds(down), TimeSpan.FromSeconds(up)), wasUp);
        Assert.Equal(!isDeferred, debounce.Observe(new(!wasUp, default), MonoTime.Zero));
        Assert.Equal(isDeferred, !debounce.NextDeadline.IsNever);
    }

    [Fact]
    public void The_deadline_is_that_of_the_change_that_waits_and_other_delays_are_for_the_next()
    {
        var debounce = new LinkDebounce(new("e0", TimeSpan.FromSeconds(2), TimeSpan.Zero), isUp: true);
        Assert.True(debounce.NextDeadline.IsNever);
        debounce.Observe(new(false, default), MonoTime.Zero);
        debounce.SetDelays(new("e0", TimeSpan.FromSeconds(9), TimeSpan.Zero));
        Assert.Equal(MonoTime.Zero + TimeSpan.FromSeconds(2), debounce.NextDeadline);
        debounce.Observe(new(true, default), MonoTime.Zero);
        debounce.Observe(new(false, default), MonoTime.Zero);
        Assert.Equal(MonoTime.Zero + TimeSpan.FromSeconds(9), debounce.NextDeadline);
    }
}
