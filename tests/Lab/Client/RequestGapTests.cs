using System.Globalization;
using Director.Lab.Client;
using Director.Net;

namespace Director.Tests.Lab.Client;

public sealed class RequestGapTests
{
    // Times in milliseconds; a number followed by x is a request that was not answered.
    [Theory]
    [InlineData("0 20 40 60", 0, 60, 20, false)]
    [InlineData("0 20 40x 60x 80 100", 0, 100, 60, false)]
    [InlineData("0 20x 40x", 0, 60, 60, true)] // nothing any more: open
    [InlineData("", 100, 400, 300, true)] // nothing ever: counts from the fault
    [InlineData("0 20 40x 60x 80", 50, 100, 60, false)] // under way at the fault: from the last answer before it
    [InlineData("0 500 520 540", 510, 540, 20, false)] // over before the fault: not its doing
    [InlineData("0 500 520 540", 490, 540, 500, false)]
    [InlineData("0 20 300 320 340x 360x 900", 0, 900, 580, false)] // the longest of several
    [InlineData("0 20 40 60 900", 0, 80, 20, false)] // begun after the window: left out
    [InlineData("900 40 0 20", 0, 900, 860, false)] // order of completion does not matter
    [InlineData("0 20x 100", 0, 150, 100, false)] // what the end leaves open is shorter
    [InlineData("0 20x 100", 0, 250, 150, true)]
    public void The_longest_gap_is_between_the_beginnings_of_answered_requests(string requests, int from, int to, int length, bool open)
    {
        var gap = RequestGap.Longest(requests.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Request), At(from), At(to));

        Assert.Equal(TimeSpan.FromMilliseconds(length), gap.Length);
        Assert.Equal(open, gap.Open);
    }

    [Fact]
    public void A_log_forgets_its_oldest_results_only()
    {
        var log = new RequestLog();
        for (var n = 0; n <= RequestLog.Capacity; n++) log.Add(Request(n.ToString(CultureInfo.InvariantCulture)));

        var kept = log.Since(MonoTime.Zero);

        Assert.Equal(RequestLog.Capacity, kept.Count);
        Assert.Equal(At(1), kept[0].Started);
        Assert.Equal(At(RequestLog.Capacity), kept[^1].Started);
    }

    private static MonoTime At(int milliseconds) => MonoTime.Zero + TimeSpan.FromMilliseconds(milliseconds);

    private static RequestResult Request(string text)
    {
        var start = At(int.Parse(text.TrimEnd('x'), CultureInfo.InvariantCulture));
        return text.EndsWith('x')
            ? new(0, start, start, "192.0.2.1", RequestOutcome.TimedOut, "")
            : new(0, start, start, "192.0.2.1", RequestOutcome.Answered, "rs1");
    }
}
