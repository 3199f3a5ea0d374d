using Director.Notifications;
using Microsoft.Extensions.Logging.Abstractions;

namespace Director.Tests.Notifications;

public sealed class DeliveryQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task All_is_delivered_in_order_one_at_a_time()
    {
        var seen = new List<int>();
        var inside = 0;
        await using var queue = new DeliveryQueue<int>("numbers", 1000, async (number, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            seen.Add(number);
            Interlocked.Decrement(ref inside);
            return null;
        }, NullLogger.Instance);
        for (var i = 0; i < 1000; i++) queue.Add(i);

        await queue.DrainAsync(Patience);

        Assert.Equal(Enumerable.Range(0, 1000), seen);
        Assert.Equal(new("numbers", 0, 1000, 0, 0, null), queue.Snapshot());
    }

    [Fact]
    public async Task What_fails_and_what_finds_it_full_is_counted()
    {
        var gate = new TaskCompletionSource();
        var begun = new SemaphoreSlim(0);
        await using var queue = new DeliveryQueue<int>("numbers", 2, async (number, _) =>
        {
            begun.Release();
            await gate.Task;
            return number % 2 == 0 ? null : number == 1 ? "no" : throw new InvalidOperationException("never");
        }, NullLogger.Instance);
        queue.Add(0);
        Assert.True(await begun.WaitAsync(Patience));
        queue.Add(1);
        queue.Add(3);
        queue.Add(4);

        Assert.Equal(new("numbers", 3, 0, 0, 1, null), queue.Snapshot());
        gate.SetResult();
        await queue.DrainAsync(Patience);
        Assert.Equal(new("numbers", 0, 1, 2, 1, "InvalidOperationException: never"), queue.Snapshot());
    }

    [Fact]
    public async Task At_the_end_what_is_under_way_is_cancelled_and_what_waits_is_counted_as_failed()
    {
        var begun = new SemaphoreSlim(0);
        var queue = new DeliveryQueue<int>("numbers", 10, async (_, stop) =>
        {
            begun.Release();
            await Task.Delay(Timeout.Infinite, stop);
            return null;
        }, NullLogger.Instance);
        queue.Add(0);
        queue.Add(1);
        Assert.True(await begun.WaitAsync(Patience));

        await queue.DisposeAsync();
        queue.Add(2);

        Assert.Equal(new("numbers", 0, 0, 2, 1, "the director ends"), queue.Snapshot());
    }
}
