using Director.Datapath.Tables;

namespace Director.Tests.Datapath;

public sealed class ExpiryWheelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Against_a_simple_model_nothing_fires_early_or_late_or_twice(int seed)
    {
        const int capacity = 500;
        var random = new Random(seed);
        var wheel = new ExpiryWheel(capacity);
        var deadlines = new Dictionary<uint, uint>();
        var now = (uint)random.Next(1_000_000);
        for (var step = 0; step < 20_000; step++)
        {
            var entry = (uint)random.Next(1, capacity + 1);
            switch (random.Next(6))
            {
                case 0 or 1 when !deadlines.ContainsKey(entry):
                    deadlines[entry] = now + (uint)random.Next(random.Next(2) == 0 ? 100 : 60_000);
                    wheel.Add(entry, deadlines[entry], now);
                    break;
                case 2 when deadlines.Remove(entry):
                    wheel.Remove(entry);
                    break;
                case 3 when deadlines.TryGetValue(entry, out var old):
                    var earlier = now + (uint)random.Next(500);
                    if (earlier < old) wheel.MoveEarlier(entry, earlier, now);
                    deadlines[entry] = earlier;
                    break;
                case 4:
                    now += (uint)random.Next(random.Next(50) == 0 ? 40_000 : 20);
                    FireAll();
                    break;
                default:
                    break;
            }
        }

        void FireAll()
        {
            var budget = int.MaxValue;
            uint fired;
            while ((fired = wheel.Take(now, ref budget)) != 0)
            {
                Assert.True(deadlines.TryGetValue(fired, out var deadline), $"seed {seed}: {fired} fired but is not queued");
                if (deadline > now) wheel.Add(fired, deadline, now);
                else deadlines.Remove(fired);
            }

            Assert.True(deadlines.Values.All(deadline => deadline > now), $"seed {seed}: overdue at {now}");
        }
    }

    [Fact]
    public void The_budget_bounds_the_work_and_the_rest_follows()
    {
        var wheel = new ExpiryWheel(100);
        for (uint entry = 1; entry <= 100; entry++) wheel.Add(entry, 10 + entry, 10);
        var fired = 0;
        for (var call = 0; call < 100 && fired < 100; call++)
        {
            var budget = 7;
            var before = fired;
            while (wheel.Take(1000, ref budget) != 0) fired++;
            Assert.InRange(fired - before, 0, 7);
        }

        Assert.Equal(100, fired);
    }
}
