using Director.Net;
using Director.Tracking;

namespace Director.Tests.Tracking;

public sealed class ProcessCountTests
{
    private static readonly ProcessMatch Match = new("x", [], ParameterMatch.None, false);

    [Fact]
    public void The_first_number_is_believed_at_once_and_later_ones_after_their_delay()
    {
        var count = new ProcessCount(new(Match, 2, 3, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)));
        Assert.Equal(TrackedState.Unknown, count.State);
        Assert.True(count.Apply(2, At(0)));
        Assert.Equal(TrackedState.Up, count.State);

        // One has gone: after the delay for that.
        Assert.False(count.Apply(1, At(1)));
        Assert.Equal(At(3), count.Deadline);
        Assert.False(count.Elapse(At(2.9)));
        Assert.True(count.Elapse(At(3)));
        Assert.Equal(TrackedState.Down, count.State);

        // It has come again, and gone, and come: the delay begins with the last.
        Assert.False(count.Apply(2, At(4)));
        Assert.Equal(At(9), count.Deadline);
        Assert.False(count.Apply(1, At(5)));
        Assert.Null(count.Deadline);
        Assert.False(count.Apply(2, At(6)));
        Assert.False(count.Elapse(At(10.9)));
        Assert.True(count.Elapse(At(11)));
        Assert.Equal(TrackedState.Up, count.State);

        // Too many came; one of them goes before it is believed.
        Assert.False(count.Apply(4, At(12)));
        Assert.Equal(At(17), count.Deadline);
        Assert.False(count.Apply(3, At(13)));
        Assert.Null(count.Deadline);

        // A change that leaves the verdict open does not put it off.
        Assert.False(count.Apply(1, At(14)));
        Assert.False(count.Apply(0, At(15)));
        Assert.True(count.Elapse(At(16)));
    }

    [Fact]
    public void Without_delays_each_number_is_believed_at_once()
    {
        var count = new ProcessCount(new(Match, 1, int.MaxValue, TimeSpan.Zero, TimeSpan.Zero));
        Assert.True(count.Apply(0, At(0)));
        Assert.Equal(TrackedState.Down, count.State);
        Assert.True(count.Apply(1, At(0)));
        Assert.False(count.Apply(2, At(0)));
        Assert.Equal((TrackedState.Up, 2), (count.State, count.Count));
        Assert.True(count.Apply(0, At(0)));
    }

    [Theory]
    [InlineData("haproxy", "", ParameterMatch.None, false, "haproxy", "/usr/sbin/haproxy -W", true)]
    [InlineData("haproxy", "", ParameterMatch.None, true, "haproxy", "/usr/sbin/haproxy -W", false)]
    [InlineData("/usr/sbin/haproxy", "", ParameterMatch.None, false, "haproxy", "/usr/sbin/haproxy -W", true)]
    [InlineData("haproxy", "", ParameterMatch.None, false, "haproxy-wrapper", "haproxy", false)]
    [InlineData("a-name-that-is-long", "", ParameterMatch.None, false, "a-name-that-is-", "x", true)]
    [InlineData("nginx", "-g daemon", ParameterMatch.Exact, false, "nginx", "nginx -g daemon", true)]
    [InlineData("nginx", "-g daemon", ParameterMatch.Exact, false, "nginx", "nginx -g daemon off", false)]
    [InlineData("nginx", "-g daemon", ParameterMatch.Partial, false, "nginx", "nginx -g daemon off", true)]
    [InlineData("nginx", "-g dae", ParameterMatch.Partial, false, "nginx", "nginx -g daemon off", false)]
    [InlineData("nginx", "-g dae", ParameterMatch.Initial, false, "nginx", "nginx -g daemon off", true)]
    [InlineData("nginx", "-g x", ParameterMatch.Initial, false, "nginx", "nginx -g daemon off", false)]
    [InlineData("nginx", "", ParameterMatch.Exact, false, "nginx", "nginx", true)]
    [InlineData("nginx", "", ParameterMatch.Exact, false, "nginx", "nginx -t", false)]
    [InlineData("kthreadd", "", ParameterMatch.None, false, "kthreadd", "", true)]
    [InlineData("kthreadd", "", ParameterMatch.None, true, "kthreadd", "", false)]
    public void Which_processes_count(
        string name, string parameters, ParameterMatch comparison, bool isFull, string commandName, string commandLine, bool expected) =>
        Assert.Equal(expected, new ProcessMatch(name, Words(parameters), comparison, isFull).Matches(commandName, Words(commandLine)));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static MonoTime At(double seconds) => MonoTime.Zero + TimeSpan.FromSeconds(seconds);
}
