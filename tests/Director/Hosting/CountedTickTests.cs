using Director.Hosting;

namespace Director.Tests.Hosting;

public sealed class CountedTickTests
{
    private readonly List<string> _happened = [];
    private TaskCompletionSource _counted = new();

    [Fact]
    public void What_was_offloaded_is_counted_before_the_second_is_told_of()
    {
        var tick = new CountedTick(CountAsync, () => _happened.Add("told"));
        for (var second = 0; second < 2; second++)
        {
            tick.Tick();
            Assert.Equal("count", _happened[^1]);
            End();
        }

        Assert.Equal(["count", "told", "count", "told"], _happened);
    }

    [Fact]
    public void Seconds_are_told_of_while_a_count_lasts()
    {
        var tick = new CountedTick(CountAsync, () => _happened.Add("told"));
        tick.Tick();
        tick.Tick();
        Assert.Equal(["count", "told"], _happened);
        End();
        Assert.Equal(["count", "told", "told"], _happened);
    }

    private Task CountAsync()
    {
        _happened.Add("count");
        return _counted.Task;
    }

    private void End()
    {
        var ended = _counted;
        _counted = new();
        ended.SetResult();
    }
}
