using Director.LoadTest.Analysis;

namespace Director.Tests.LoadTest.Analysis;

public sealed class ServiceGapTests
{
    [Theory]
    [InlineData("0 20 40 60", 0, 60, 20, false)]
    [InlineData("0 20 40! 60! 80 100", 0, 100, 60, false)]
    [InlineData("0 20! 40!", 0, 60, 60, true)] // nobody any more: open
    [InlineData("", 100, 400, 300, true)] // nobody ever: counts from the event
    [InlineData("0 20 40! 60! 80", 50, 100, 60, false)] // under way at the event: from the last who was served before it
    [InlineData("0 500 520 540", 510, 540, 20, false)] // over before the event: not its doing
    [InlineData("0 20 300 320 340! 900", 0, 900, 580, false)] // the longest of several
    [InlineData("0 20 40 60 900", 0, 80, 20, false)] // begun after the window: left out
    [InlineData("900 40 0 20", 0, 900, 860, false)] // order of completion does not matter
    [InlineData("0 20+1030 40+1010 1040", 0, 1040, 1040, false)] // answered, but a second later: not served meanwhile
    [InlineData("0 20+100 40+101 60", 0, 60, 40, false)] // prompt up to 100 ms
    [InlineData("0 20~300 40~280 340", 0, 340, 320, false)] // a generator that stalls hides no outage: true beginnings count
    [InlineData("0 20! 100", 0, 150, 100, false)] // what the end leaves open is shorter
    [InlineData("0 20! 100", 0, 250, 150, true)]
    public void The_longest_gap_is_between_the_beginnings_of_those_who_were_served(string seen, int from, int to, int length, bool open)
    {
        var gap = ServiceGap.Longest(Runs.Iterations(seen), Runs.At(from), Runs.At(to));

        Assert.Equal(TimeSpan.FromMilliseconds(length), gap.Length);
        Assert.Equal(open, gap.Open);
    }
}
