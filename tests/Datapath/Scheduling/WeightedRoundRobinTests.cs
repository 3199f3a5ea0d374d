using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath;

public sealed class WeightedRoundRobinTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Passes_that_find_nobody_are_left_out_without_a_trace(int seed)
    {
        var random = new Random(seed);
        var states = Enumerable.Range(1, 6).Select(id => new RealServerState(id, default, new(), 1)).ToArray();
        foreach (var state in states) state.SetThresholds(new(1, 0));
        var scheduler = SchedulerCatalog.Make("wrr", IpvsSettings.Default, 0);
        var model = new Model();
        var none = 0;
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(50) == 0)
            {
                var factor = random.Next(1, 4);
                var pool = states.Select(state => new PooledServer(state, random.Next(5) * factor, 0, default)).ToArray();
                if (scheduler.Pool.Count > 0)
                {
                    var place = random.Next(pool.Length);
                    for (var i = 0; i < pool.Length; i++)
                        if (i != place) pool[i] = scheduler.Pool[i];
                }

                scheduler = scheduler.Pool.Count == 0
                    ? SchedulerCatalog.Make("rr", IpvsSettings.Default, 0).Succeed(new(pool)).Yield(scheduler, new(pool))
                    : scheduler.Succeed(new(pool));
                model.Change(pool, isFirst: step < 50 && model.IsEmpty);
            }

            var server = states[random.Next(states.Length)];
            if (server.TotalConnections == 0 && random.Next(2) == 0) server.Bind();
            else if (server.TotalConnections == 1) server.Unbind(wasActive: false, MonoTime.Zero);
            var expected = model.Pick();
            none += expected < 0 ? 1 : 0;
            Assert.Equal(expected, scheduler.Pick(default));
        }

        Assert.InRange(none, 1, 15_000);
    }

    [Fact]
    public void A_heavy_server_that_takes_nothing_costs_no_two_thousand_million_passes()
    {
        using var engine = new Engine().With(Engine.Service("wrr",
            Engine.Server(1, 1), Engine.Server(2, int.MaxValue) with { Thresholds = new(1, 0) }, Engine.Server(3, 7)));
        Assert.Equal(2, Enumerable.Range(1000, 3).Select(port => engine.ServerOf((ushort)port)).First(server => server == 2));
        Assert.Equal([1, 3], Enumerable.Range(2000, 20).Select(port => engine.ServerOf((ushort)port)).Distinct().Order());
    }

    /// <summary>ip_vs_wrr_schedule with every pass.</summary>
    private sealed class Model
    {
        private PooledServer[] _pool = [];
        private int _last = -1;
        private int _threshold;
        private int _highest;
        private int _step = 1;

        public bool IsEmpty => _pool.Length == 0;

        public void Change(PooledServer[] pool, bool isFirst)
        {
            var isSame = _pool.SequenceEqual(pool);
            _pool = pool;
            if (isSame) return;
            var positive = pool.Select(server => server.Weight).Where(weight => weight > 0).DefaultIfEmpty(1).ToList();
            _step = Enumerable.Range(1, positive.Max()).Last(step => positive.All(weight => weight % step == 0));
            _highest = pool.Max(server => server.Weight) - (_step - 1);
            _last = -1;
            if (isFirst || _threshold > _highest || _threshold == 0) _threshold = _highest;
            else if (_step > 1) _threshold = (_threshold / _step * _step) + 1;
        }

        public int Pick()
        {
            if (_highest == 0) return -1;
            var (first, at, stop) = (_last, _last, -1);
            var (isLastPass, hasRestarted) = (false, false);
            while (true)
            {
                for (at++; at < _pool.Length; at++)
                {
                    if (!_pool[at].State.IsOverloaded && _pool[at].Weight >= _threshold) return _last = at;
                    if (at != stop) continue;
                    _last = at;
                    return -1;
                }

                at = -1;
                _threshold -= _step;
                if (_threshold <= 0)
                {
                    _threshold = _highest;
                    if (isLastPass || first == -1)
                    {
                        _last = -1;
                        return -1;
                    }

                    hasRestarted = true;
                }

                isLastPass = _threshold <= _step;
                if (isLastPass && hasRestarted && first != -1) stop = first;
            }
        }
    }
}
