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

    [Theory]
    [InlineData("3", new[] { 3 })]
    [InlineData("2,4-7", new[] { 2, 4, 5, 6, 7 })]
    [InlineData("1-1,0", new[] { 1, 0 })]
    public void Processors_are_listed_as_the_kernel_lists_them(string text, int[] processors)
    {
        Assert.True(ProcessorList.TryParse(text, out var read));
        Assert.Equal(processors, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,")]
    [InlineData("7-4")]
    [InlineData("-1")]
    [InlineData("1024")]
    [InlineData("0-99999999999")]
    [InlineData("a")]
    public void What_is_no_list_is_refused(string text) => Assert.False(ProcessorList.TryParse(text, out _));

    [Fact]
    public void A_processor_that_does_not_exist_is_refused_by_name()
    {
        var refusal = Assert.Throws<LinuxException>(() => ThreadPinning.PinCurrentThread(1023));
        Assert.Contains("processor 1023", refusal.Message, StringComparison.Ordinal);
    }
}
