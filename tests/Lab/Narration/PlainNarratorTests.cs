using Director.Lab.Narration;
using Director.Lab.Scenarios;
using Director.Net;
using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Lab.Narration;

public sealed class PlainNarratorTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Every_event_is_one_stamped_line()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var narrator = new PlainNarrator(output, _clock);
        narrator.Scenario("failover", "two machines");
        _clock.Advance(TimeSpan.FromSeconds(1.2));
        narrator.Step("d1 stops");
        narrator.Note("d1 is down now");
        _clock.Advance(TimeSpan.FromSeconds(100));
        narrator.Expectation(new("failover", "d2 becomes master", "after 0.80 s", true));
        narrator.Expectation(new("failover", "d1 returns", "not within 9.00 s", false));

        Assert.Equal("""
               0.0  == failover: two machines
               1.2  -> d1 stops
               1.2     d1 is down now
             101.2     ✓ d2 becomes master (after 0.80 s)
             101.2     ✗ FAILED: d1 returns (not within 9.00 s)

            """, output.ToString());
    }

    [Fact]
    public void A_long_wait_shows_progress_every_five_seconds_and_a_short_one_is_silent()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var narrator = new PlainNarrator(output, _clock);
        for (var tenths = 0; tenths <= 120; tenths++) narrator.Show(Waiting("rs1 leaves", tenths));
        for (var tenths = 0; tenths <= 40; tenths++) narrator.Show(Waiting("rs1 returns", tenths));
        for (var tenths = 0; tenths <= 60; tenths++) narrator.Show(Waiting("", tenths));

        Assert.Equal("""
               0.0     … rs1 leaves? 5.00 s of at most 17.00 s
               0.0     … rs1 leaves? 10.00 s of at most 17.00 s

            """, output.ToString());
    }

    private static Scene Waiting(string what, int tenths) =>
        new(new StageView(MonoTime.Zero, []), [], null, what, TimeSpan.FromSeconds(tenths / 10.0), TimeSpan.FromSeconds(17));
}
