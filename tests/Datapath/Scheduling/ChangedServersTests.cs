using System.Diagnostics;
using System.Numerics;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;

namespace Director.Tests.Datapath;

public sealed class ChangedServersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void No_change_is_missed_when_workers_tell_and_one_takes_at_once()
    {
        const int workers = 2, each = 32, batches = 4_000;
        var states = Enumerable.Range(1, workers * each).Select(id => new RealServerState(id, default, new(), 1)).ToArray();
        var changed = new ChangedServers(new([.. states.Select(state => new PooledServer(state, 1, 1, default))]));
        var seen = new int[states.Length];
        var running = workers;
        var gaveUp = false;
        var threads = Enumerable.Range(0, workers).Select(number => new Thread(() => Work(number))).ToList();
        threads.ForEach(thread => thread.Start());
        var started = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref running) > 0 && !Volatile.Read(ref gaveUp))
        {
            for (var bits = changed.Take(0); bits != 0; bits &= bits - 1)
            {
                var index = BitOperations.TrailingZeroCount(bits);
                Volatile.Write(ref seen[index], states[index].TotalConnections);
            }

            if (Stopwatch.GetElapsedTime(started) > Patience) Volatile.Write(ref gaveUp, true);
        }

        threads.ForEach(thread => thread.Join());
        Assert.False(gaveUp, "a change was told and never seen");

        void Work(int number)
        {
            for (var batch = 1; batch <= batches; batch++)
            {
                for (var i = 0; i < each; i++) states[(i * workers) + number].Bind();
                var wait = default(SpinWait);
                for (var i = 0; i < each; i++)
                    while (Volatile.Read(ref seen[(i * workers) + number]) != batch && !Volatile.Read(ref gaveUp)) wait.SpinOnce(-1);
            }

            Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public void A_server_tells_the_pool_that_it_is_in_last()
    {
        var state = new RealServerState(1, default, new(), 1);
        var pool = new ServerPool([new(state, 1, 1, default)]);
        var (first, second) = (new ChangedServers(pool), new ChangedServers(pool));
        Assert.Equal((true, false), (first.IsAbandoned, second.IsAbandoned));
        Assert.Equal((1UL, 1UL), (first.Take(0), second.Take(0)));
        state.Activate();
        Assert.Equal((0UL, 1UL), (first.Take(0), second.Take(0)));
        Assert.Equal(0UL, second.Take(0));
    }
}
