using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath;

/// <summary>Whoever the ranking of a large pool names, a look at each server from the head of the list finds, ties and all.</summary>
public sealed class LoadRankingTests
{
    private const int Smallest = LeastLoaded<NeverQueue>.FewestRanked;

    public static TheoryData<string, OverheadRule, int> Histories
    {
        get
        {
            var data = new TheoryData<string, OverheadRule, int>();
            foreach (var name in (string[])["lc", "wlc"])
                foreach (var rule in Enum.GetValues<OverheadRule>()) data.Add(name, rule, 1);
            foreach (var name in (string[])["wlc", "sed", "nq", "fo", "ovf", "lblc", "lblcr"])
                for (var seed = 2; seed <= 4; seed++) data.Add(name, OverheadRule.Total, seed);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void Random_histories_give_the_server_that_a_search_finds(string name, OverheadRule rule, int seed)
    {
        switch (SchedulerCatalog.Make(name, new() { Overhead = rule }, 0))
        {
            case LeastLoaded<LeastConnections> scheduler: Play(scheduler, seed); break;
            case LeastLoaded<WeightedLeastConnections> scheduler: Play(scheduler, seed); break;
            case LeastLoaded<ShortestExpectedDelay> scheduler: Play(scheduler, seed); break;
            case LeastLoaded<NeverQueue> scheduler: Play(scheduler, seed); break;
            case LeastLoaded<WeightedFailover> scheduler: Play(scheduler, seed); break;
            case LeastLoaded<WeightedOverflow> scheduler: Play(scheduler, seed); break;
            default: Assert.Fail($"{name} does not pick by load"); break;
        }
    }

    [Fact]
    public void Counts_that_other_workers_change_are_seen_by_the_next_pick()
    {
        const int workers = 3, rounds = 300, changes = 500, size = 100;
        var states = States(size);
        var pool = new ServerPool([.. states.Select((state, i) => new PooledServer(state, 1 + (i % 3), 1, default))]);
        foreach (var state in states.Take(30)) state.SetThresholds(new(4, 0));
        var scheduler = (LeastLoaded<WeightedLeastConnections>)SchedulerCatalog.Make("wlc", IpvsSettings.Default, 0).Succeed(pool);
        using var barrier = new Barrier(workers + 1);
        var threads = Enumerable.Range(0, workers).Select(number => new Thread(() => Work(number))).ToList();
        threads.ForEach(thread => thread.Start());
        var wrong = 0;
        for (var round = 0; round < rounds; round++)
        {
            // Takes marks while they are being set, as a worker does that schedules meanwhile.
            barrier.SignalAndWait();
            for (var pick = 0; pick < changes; pick++) scheduler.PickLeast();
            barrier.SignalAndWait();
            wrong += Compare(scheduler);
        }

        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, wrong);

        // Loads the best until each has been the best: a server with another load than the ranking believes comes too early or too late.
        static int Compare(LeastLoaded<WeightedLeastConnections> scheduler)
        {
            var (loaded, differences) = (new List<RealServerState>(), 0);
            for (var picks = 0; picks < 2 * size; picks++)
            {
                var expected = scheduler.Scan();
                if (scheduler.PickLeast() != expected) differences++;
                if (expected < 0) break;
                loaded.Add(scheduler.Pool[expected].State);
                loaded[^1].Bind();
                loaded[^1].Activate();
            }

            loaded.ForEach(state => state.Unbind(wasActive: true, MonoTime.Zero));
            return differences;
        }

        void Work(int number)
        {
            var random = new Random(number);
            var connections = new Connections(states);
            for (var round = 0; round < rounds; round++)
            {
                barrier.SignalAndWait();
                for (var change = 0; change < changes; change++) connections.Change(random);
                barrier.SignalAndWait();
            }
        }
    }

    [Fact]
    public void A_copy_and_a_predecessor_pick_as_well_and_take_nothing_from_the_one_in_force()
    {
        var states = States(80);
        var pool = new ServerPool([.. states.Select(state => new PooledServer(state, 1, 1, default))]);
        var first = (LeastLoaded<ShortestExpectedDelay>)SchedulerCatalog.Make("sed", IpvsSettings.Default, 0).Succeed(pool);
        var second = (LeastLoaded<ShortestExpectedDelay>)first.Succeed(pool);
        for (var i = 0; i < 200; i++)
        {
            var picked = second.Scan();
            Assert.Equal((picked, picked, picked), (second.Copy().Pick(default), first.PickLeast(), second.PickLeast()));
            states[picked].Activate();
        }
    }

    private static RealServerState[] States(int count) => [.. Enumerable.Range(1, count).Select(id =>
        new RealServerState(id, new(Engine.HttpKey, new(IpAddress128.FromV4(0x0a00_0000u + (uint)id), 80)), new(), 1))];

    private static void Play<TRule>(LeastLoaded<TRule> scheduler, int seed) where TRule : struct, ILoadRule
    {
        var random = new Random(seed);
        var states = States(200);
        var connections = new Connections(states);
        var picked = new HashSet<int>();
        for (var step = 0; step < 6_000; step++)
        {
            if (step % 150 == 0)
            {
                var before = scheduler;
                scheduler = (LeastLoaded<TRule>)scheduler.Succeed(Pool(random, states, scheduler.Pool));
                Assert.Equal(before.Scan(), before.PickLeast());
            }

            for (var changes = random.Next(random.Next(20) == 0 ? 300 : 3); changes > 0; changes--) connections.Change(random);
            var expected = scheduler.Scan();
            Assert.True(expected == scheduler.PickLeast(), $"seed {seed}, step {step}");

            // lblc and lblcr ask more than that of the servers. A copy has no ranking.
            var request = default(SchedulingRequest) with { Now = MonoTime.Zero + (step * TimeSpan.FromMinutes(20)) };
            Assert.Equal(scheduler.Copy().Pick(request), scheduler.Pick(request));
            picked.Add(expected);
            if (expected >= 0 && random.Next(3) != 0) connections.Begin(scheduler.Pool[expected].State, random);
        }

        Assert.True(picked.Count > 3, $"{picked.Count} servers were picked");
    }

    /// <summary>Another pool, in size about the smallest that is ranked; most servers stay.</summary>
    private static ServerPool Pool(Random random, RealServerState[] states, ServerPool before)
    {
        var size = random.Next(4) == 0 ? random.Next(Smallest - 2, Smallest + 3) : random.Next(Smallest, states.Length);
        var heaviest = random.Next(3) switch { 0 => 2, 1 => 10, _ => int.MaxValue };
        var pool = before.Servers.ToArray().Where(_ => random.Next(10) != 0).ToList();
        var joining = states.Where(state => pool.TrueForAll(server => server.State != state)).ToList();
        while (pool.Count > size) pool.RemoveAt(random.Next(pool.Count));
        while (pool.Count < size)
        {
            var state = joining[random.Next(joining.Count)];
            joining.Remove(state);
            pool.Insert(0, new(state, 1, 1, default));
        }

        for (var i = 0; i < pool.Count; i++)
        {
            if (random.Next(3) == 0) pool[i] = pool[i].Edited(random.Next(heaviest), new(random.Next(3) * random.Next(6), 0));
            pool[i].State.SetThresholds(pool[i].Thresholds);
        }

        return new([.. pool]);
    }

    /// <summary>Connections of one worker, which begin, end, and change between active and inactive.</summary>
    private sealed class Connections(RealServerState[] states)
    {
        private readonly List<(RealServerState State, bool IsActive)> _open = [];

        public void Change(Random random)
        {
            var place = _open.Count == 0 ? -1 : random.Next(_open.Count);
            if (place < 0 || random.Next(5) < 2) Begin(states[random.Next(states.Length)], random);
            else if (random.Next(3) == 0) Turn(place);
            else End(place);
        }

        public void Begin(RealServerState state, Random random)
        {
            state.Bind();
            _open.Add((state, false));
            if (random.Next(3) != 0) Turn(_open.Count - 1);
        }

        private void Turn(int place)
        {
            var (state, isActive) = _open[place];
            if (isActive) state.Deactivate();
            else state.Activate();
            _open[place] = (state, !isActive);
        }

        private void End(int place)
        {
            var (state, isActive) = _open[place];
            _open[place] = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            state.Unbind(isActive, MonoTime.Zero);
        }
    }
}
