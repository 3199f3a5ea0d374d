using Director.Bfd;
using Director.Control;
using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Control;

public sealed class BfdStandingsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BfdStandings _standings;

    public BfdStandingsTests() => _standings = new(_time);

    [Fact]
    public void Nothing_is_believed_of_a_session_that_has_just_begun_until_it_is_up_or_has_had_its_time()
    {
        Assert.Null(_standings.IsUp("a"));
        Tell(BfdState.Down, sent: 1);
        Assert.Null(_standings.IsUp("a"));
        _time.Advance(BfdStandings.Patience - TimeSpan.FromMilliseconds(1));
        Tell(BfdState.Init, sent: 4);
        Assert.Null(_standings.IsUp("a"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Tell(BfdState.Down, sent: 5);
        Assert.False(_standings.IsUp("a"));
        Tell(BfdState.Up, sent: 6, wentUp: 1);
        Assert.True(_standings.IsUp("a"));
    }

    [Fact]
    public void A_session_that_falls_is_believed_at_once_and_keeps_its_time()
    {
        Tell(BfdState.Up, sent: 6, wentUp: 1);
        var since = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(1));
        Tell(BfdState.Up, sent: 16, wentUp: 1);
        Assert.Equal(since, _standings.Of("a")!.Value.Since);
        Tell(BfdState.Down, sent: 17, wentUp: 1);
        Assert.False(_standings.IsUp("a"));
        Assert.Equal(_time.GetUtcNow(), _standings.Of("a")!.Value.Since);
    }

    [Fact]
    public void An_heir_of_the_process_has_time_to_bring_up_again_what_was_up()
    {
        Tell(BfdState.Up, sent: 600, wentUp: 1);
        _time.Advance(TimeSpan.FromHours(1));
        Tell(BfdState.Down, sent: 1);
        Assert.True(_standings.IsUp("a"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Tell(BfdState.Up, sent: 5, wentUp: 1);
        Assert.True(_standings.IsUp("a"));

        Tell(BfdState.Down, sent: 1);
        _time.Advance(BfdStandings.Patience);
        Tell(BfdState.Down, sent: 5);
        Assert.False(_standings.IsUp("a"));
    }

    [Fact]
    public void What_is_not_configured_any_more_is_forgotten()
    {
        Tell(BfdState.Up, sent: 600, wentUp: 1);
        _standings.Keep(["a"]);
        Assert.True(_standings.IsUp("a"));
        _standings.Keep(["b"]);
        Assert.Null(_standings.IsUp("a"));
        Assert.Null(_standings.Of("a"));
    }

    private void Tell(BfdState state, long sent, long wentUp = 0) => _standings.Apply(new("a", state, default, default, default,
        default, default, new() { PacketsSent = sent, WentUp = wentUp }));
}
