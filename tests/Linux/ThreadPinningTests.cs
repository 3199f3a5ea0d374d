using Director.Linux;

namespace Director.Tests.Linux;

public sealed class ThreadPinningTests
{
    [Fact]
    public void A_pinned_thread_may_run_on_its_processor_only_and_others_stay_free()
    {
        var free = ThreadPinning.Allowed();
        var chosen = free[^1];
        IReadOnlyList<int> pinned = [];
        var thread = new Thread(() =>
        {
            ThreadPinning.PinCurrentThread(chosen);
            pinned = ThreadPinning.Allowed();
        });
        thread.Start();
        thread.Join();
        Assert.Equal([chosen], pinned);
        Assert.Equal(free, ThreadPinning.Allowed());
    }

    [Fact]
    public void A_processor_that_does_not_exist_is_refused_by_name()
    {
        var refusal = Assert.Throws<LinuxException>(() => ThreadPinning.PinCurrentThread(1023));
        Assert.Contains("processor 1023", refusal.Message, StringComparison.Ordinal);
    }
}
