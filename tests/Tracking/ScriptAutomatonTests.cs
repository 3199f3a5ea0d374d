using Director.Tracking;

namespace Director.Tests.Tracking;

/// <summary>Every arrow of the automaton, and what makes it keepalived's.</summary>
public sealed class ScriptAutomatonTests
{
    // s: success, f: failure. Behind each the verdict: U up, D down, ? not known.
    [Theory]
    [InlineData(1, 1, false, "s", "U")]
    [InlineData(1, 1, false, "f", "D")]
    [InlineData(1, 1, false, "sfsf", "UDUD")]
    [InlineData(3, 2, false, "s", "U")]
    [InlineData(3, 2, false, "f", "D")]
    [InlineData(3, 2, false, "sf", "UU")]
    [InlineData(3, 2, false, "sff", "UUD")]
    [InlineData(3, 2, false, "sfsf", "UUUU")]
    [InlineData(3, 2, false, "fss", "DDD")]
    [InlineData(3, 2, false, "fsss", "DDDU")]
    [InlineData(3, 2, false, "fssfss", "DDDDDD")]
    [InlineData(3, 2, false, "fssfsss", "DDDDDDU")]
    [InlineData(3, 2, true, "", "")]
    [InlineData(3, 2, true, "s", "D")]
    [InlineData(3, 2, true, "ss", "DD")]
    [InlineData(3, 2, true, "sss", "DDU")]
    [InlineData(1, 3, false, "sff", "UUU")]
    [InlineData(1, 3, false, "sfff", "UUUD")]
    [InlineData(1, 3, false, "sffsff", "UUUUUU")]
    [InlineData(1, 1, true, "s", "U")]
    [InlineData(int.MaxValue, int.MaxValue, false, "ssff", "UUUU")]
    public void Verdicts_follow_results(int rise, int fall, bool startsFailed, string results, string verdicts)
    {
        var automaton = new ScriptAutomaton(new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), rise, fall, startsFailed));
        Assert.Equal(startsFailed ? TrackedState.Down : TrackedState.Unknown, automaton.State);
        var seen = "";
        foreach (var result in results.Where(result => result is 's' or 'f'))
        {
            var before = automaton.State;
            var changed = automaton.Apply(result == 's');
            Assert.Equal(before != automaton.State, changed);
            seen += automaton.State switch { TrackedState.Up => 'U', TrackedState.Down => 'D', _ => '?' };
        }

        Assert.Equal(verdicts, seen);
    }

    [Fact]
    public void Whatever_happened_rise_successes_bring_it_up_and_fall_failures_take_it_down()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var (rise, fall) = (random.Next(1, 6), random.Next(1, 6));
            var automaton = new ScriptAutomaton(new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), rise, fall, random.Next(2) == 0));
            for (var i = random.Next(1, 20); i > 0; i--) automaton.Apply(random.Next(2) == 0);
            var success = random.Next(2) == 0;
            for (var i = success ? rise : fall; i > 0; i--)
            {
                Assert.InRange(automaton.Left, 0, Math.Max(rise, fall));
                automaton.Apply(success);
            }

            Assert.Equal(success ? TrackedState.Up : TrackedState.Down, automaton.State);
        }
    }
}
