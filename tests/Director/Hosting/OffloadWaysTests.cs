using Director.Hosting;
using Director.Net;
using static Director.Hosting.OffloadWays;

namespace Director.Tests.Hosting;

public sealed class OffloadWaysTests
{
    private static readonly Neighbour First = new(IpAddress128.Parse("192.0.2.1"), default);
    private static readonly Neighbour Second = new(IpAddress128.Parse("192.0.2.2"), default);

    private readonly OffloadWays _ways = new();
    private MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(1);

    [Fact]
    public void Without_servers_nothing_is_asked()
    {
        Set(1);
        Assert.False(_ways.TryNext(_now, out _));
        Assert.True(_ways.NextDeadline.IsNever);
        Assert.Empty(_ways.Standings);
    }

    [Fact]
    public void A_device_is_proven_when_it_was_answered_over_from_every_device()
    {
        Set(3, (1, First));
        Assert.False(Answer(isAnswered: true, ingress: 0));
        Assert.False(Answer(isAnswered: true, ingress: 1));
        Assert.False(Standing(1).IsProven);
        Assert.True(Answer(isAnswered: true, ingress: 2));
        Assert.True(Standing(1).IsProven);
        Assert.False(_ways.TryNext(_now, out _));
        Assert.Equal(_now + Again, _ways.NextDeadline);
    }

    [Fact]
    public void Pauses_double_up_to_the_longest_and_every_server_has_its_turn()
    {
        Set(1, (0, First), (0, Second));
        var pause = FirstPause;
        for (var question = 0; question < 12; question++)
        {
            Assert.True(_ways.TryNext(_now, out var asked));
            Assert.Equal(question % 2 == 0 ? First : Second, asked.Neighbour);
            Assert.False(_ways.Take(asked, false, null, _now));
            Assert.Equal(question + 1, Standing(0).Unanswered);
            Assert.Equal(_now + pause, _ways.NextDeadline);
            Assert.False(_ways.TryNext(_now + pause - TimeSpan.FromMilliseconds(1), out _));
            _now += pause;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [Fact]
    public void One_silence_is_forgiven_several_in_a_row_are_not_and_what_answers_again_is_proven_again()
    {
        Set(1, (0, First));
        Assert.True(Answer(isAnswered: true));
        _now += Again;
        Assert.False(Answer(isAnswered: false));
        Assert.True(Standing(0).IsProven);
        _now += FirstPause;
        Assert.False(Answer(isAnswered: true));

        _now += Again;
        for (var doubt = 1; doubt < Doubts; doubt++)
        {
            Assert.False(Answer(isAnswered: false));
            _now += LongestPause;
        }

        Assert.True(Answer(isAnswered: false));
        Assert.False(Standing(0).IsProven);
        _now += LongestPause;
        Assert.True(Answer(isAnswered: true));
        Assert.True(Standing(0).IsProven);
    }

    [Fact]
    public void News_of_servers_is_acted_on_at_once_unless_the_device_is_proven()
    {
        Set(1, (0, First), (1, First));
        Assert.True(Answer(isAnswered: true));
        Assert.False(Answer(isAnswered: false, egress: 1));
        Set(1, (0, First), (1, First));
        Assert.False(_ways.TryNext(_now, out _));
        Set(1, (0, Second), (1, Second));
        Assert.True(_ways.TryNext(_now, out var asked));
        Assert.Equal((1, Second), (asked.Egress, asked.Neighbour));
        Assert.True(Standing(0).IsProven);
    }

    [Fact]
    public void Servers_that_come_and_go_are_asked_at_once_and_their_silence_is_counted_on()
    {
        for (var change = 0; change < 5; change++)
        {
            Set(1, (0, change % 2 == 0 ? First : Second));
            Assert.False(Answer(isAnswered: false));
            Assert.Equal(change + 1, Standing(0).Unanswered);
            Assert.Equal(_now + FirstPause, _ways.NextDeadline);
        }

        Set(1, (0, Second));
        Assert.True(Answer(isAnswered: true));
        Assert.Equal(0, Standing(0).Unanswered);
    }

    [Fact]
    public void What_is_forgotten_is_proven_anew()
    {
        Set(1, (0, First));
        Assert.True(Answer(isAnswered: true));
        _ways.Forget(_now);
        Assert.False(Standing(0).IsProven);
        Assert.True(Answer(isAnswered: true));
    }

    [Fact]
    public void The_kernels_refusal_is_kept()
    {
        Set(1, (0, First));
        Assert.True(_ways.TryNext(_now, out var asked));
        _ways.Take(asked, false, "no such call", _now);
        Assert.Equal(("no such call", 1), (Standing(0).Refusal, Standing(0).Unanswered));
    }

    private void Set(int ingresses, params (ushort Egress, Neighbour Neighbour)[] behind) =>
        _ways.Set(behind.ToLookup(entry => entry.Egress, entry => entry.Neighbour), ingresses, _now);

    private bool Answer(bool isAnswered, ushort ingress = 0, ushort? egress = null)
    {
        Assert.True(_ways.TryNext(_now, out var asked));
        Assert.Equal(ingress, asked.Ingress);
        if (egress is { } by) Assert.Equal(by, asked.Egress);
        return _ways.Take(asked, isAnswered, null, _now);
    }

    private Standing Standing(ushort egress) => _ways.Standings.Single(standing => standing.Egress == egress);
}
