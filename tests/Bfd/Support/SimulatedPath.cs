using Director.Bfd;
using Director.Net;
using Director.Tests.Vrrp.Support;

namespace Director.Tests.Bfd.Support;

/// <summary>
/// Two ends of a path that loses, delays and doubles packets, while they die, return, pause and are given other intervals: all of it drawn
/// from one seed.
/// </summary>
internal sealed class SimulatedPath
{
    private static readonly int[] Milliseconds = [1, 3, 10, 25, 50, 100, 300, 1000];

    private readonly int _seed;
    private readonly Random _random;
    private readonly ManualClock _clock = new();
    private readonly SimulatedEnd[] _ends;
    private readonly PriorityQueue<(SimulatedEnd To, byte[] Packet), (long At, int Order)> _flying = new();
    private double _loss;
    private double _copies;
    private double _maxDelaySeconds;
    private int _order;

    public SimulatedPath(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        var passive = _random.Next(4);
        _ends =
        [
            new(Draw(new() { Name = "a", Neighbor = SomeBfd.Peer, Source = SomeBfd.Own, IsPassive = passive == 0 }), _clock),
            new(Draw(new() { Name = "b", Neighbor = SomeBfd.Own, IsPassive = passive == 1 }), _clock),
        ];
        foreach (var end in _ends) end.OnSend = Send;
    }

    /// <summary>What both ends have told, to see that a seed had something happen.</summary>
    public int Falls => _ends.Sum(end => end.Falls);

    /// <summary>Storms and calms in turn; in each calm both come up and stay up, and know each other's intervals.</summary>
    public static int Play(int seed, int rounds = 4)
    {
        var path = new SimulatedPath(seed);
        for (var round = 0; round < rounds; round++)
        {
            path.Storm(TimeSpan.FromSeconds(20));
            path.Calm(round);
            path.ChangeIntervals(round);
            path.Die(round);
        }

        return path.Falls;
    }

    private void Storm(TimeSpan length)
    {
        _loss = _random.NextDouble() * 0.7;
        _copies = _random.NextDouble() * 0.5;
        _maxDelaySeconds = _random.NextDouble() * 0.5;
        var end = _clock.Now + length;
        while (_clock.Now < end)
        {
            Misfortune(_ends[_random.Next(2)]);
            RunUntil(MonoTime.Min(end, _clock.Now + TimeSpan.FromSeconds(_random.NextDouble() * 3)));
        }
    }

    private void Calm(int round)
    {
        (_loss, _copies, _maxDelaySeconds) = (0, 0.1, 0.0001);
        foreach (var end in _ends)
        {
            end.IsPaused = false;
            if (end.Runner is null) end.Start((ulong)_random.NextInt64());
        }

        // What flies still, a session's slowest detection, and then three packets a second each.
        RunUntil(_clock.Now + TimeSpan.FromSeconds(20));
        AssertUp(round, "after a storm");
        var before = Falls;
        RunUntil(_clock.Now + TimeSpan.FromSeconds(5));
        Assert.True(Falls == before, $"seed {_seed}, round {round}: a session fell in a calm");
        AssertAgreement(round);
    }

    /// <summary>Without a lost packet no change of intervals takes a session down, whenever and however often it comes.</summary>
    private void ChangeIntervals(int round)
    {
        var before = Falls;
        for (var i = 0; i < 20; i++)
        {
            var end = _ends[_random.Next(2)];
            end.Configure(Draw(end.Settings));
            RunUntil(_clock.Now + TimeSpan.FromSeconds(_random.NextDouble() * 1.5));
        }

        Assert.True(Falls == before, $"seed {_seed}, round {round}: a session fell when intervals changed");
        RunUntil(_clock.Now + TimeSpan.FromSeconds(5));
        AssertUp(round, "after changes of intervals");
        AssertAgreement(round);
    }

    /// <summary>One end falls silent: the other says so after the detection time and not before (the observer holds it to that).</summary>
    private void Die(int round)
    {
        var (dies, watches) = _random.Next(2) == 0 ? (_ends[0], _ends[1]) : (_ends[1], _ends[0]);
        var detection = watches.Session!.DetectionTime;
        dies.Crash();
        RunUntil(_clock.Now + detection + TimeSpan.FromMilliseconds(1));
        Assert.True(watches.Session.State == BfdState.Down, $"seed {_seed}, round {round}: a dead neighbour is {watches.Session.State}");
        Assert.Equal(BfdDiagnostic.DetectionTimeExpired, watches.Session.Diagnostic);
    }

    private void AssertUp(int round, string when)
    {
        foreach (var end in _ends)
        {
            Assert.True(end.Session is { State: BfdState.Up, RemoteState: BfdState.Up, IsPolling: false },
                $"seed {_seed}, round {round}: {end.Settings.Name} is {end.Session?.State} {when}");
        }
    }

    private void AssertAgreement(int round)
    {
        for (var i = 0; i < 2; i++)
        {
            var (mine, theirs) = (_ends[i], _ends[1 - i]);
            var interval = mine.Settings.MinTx > theirs.Settings.MinRx ? mine.Settings.MinTx : theirs.Settings.MinRx;
            var because = $"seed {_seed}, round {round}: {mine.Settings} to {theirs.Settings}";
            Assert.True(mine.Session!.TransmitInterval == interval, because);
            Assert.True(theirs.Session!.DetectionTime == mine.Settings.DetectMultiplier * interval, because);
            Assert.True(mine.Session.RemoteDiscriminator == theirs.Session.LocalDiscriminator, because);
        }
    }

    private void Misfortune(SimulatedEnd end)
    {
        switch (_random.Next(6))
        {
            case 0: end.Crash(); break;
            case 1: end.Stop(); break;
            case 2: end.IsPaused = true; break;
            case 3: end.IsPaused = false; break;
            case 4: end.Configure(Draw(end.Settings)); break;
            default:
                if (end.Runner is null) end.Start((ulong)_random.NextInt64());
                break;
        }
    }

    private BfdSettings Draw(BfdSettings settings) => settings with
    {
        MinTx = Interval(),
        MinRx = Interval(),
        IdleTx = TimeSpan.FromSeconds(1 + (_random.NextDouble() * 2)),
        DetectMultiplier = (byte)_random.Next(2, 6),
    };

    private TimeSpan Interval() => TimeSpan.FromMilliseconds(Milliseconds[_random.Next(Milliseconds.Length)]);

    private void Send(SimulatedEnd from, byte[] packet)
    {
        var to = from == _ends[0] ? _ends[1] : _ends[0];
        for (var copies = _random.NextDouble() < _copies ? 2 : 1; copies > 0; copies--)
        {
            if (_random.NextDouble() < _loss) continue;
            var at = _clock.Now + TimeSpan.FromSeconds(_random.NextDouble() * _maxDelaySeconds);
            _flying.Enqueue((to, packet), (at.Nanoseconds, _order++));
        }
    }

    private void RunUntil(MonoTime end)
    {
        var guard = 0;
        while (true)
        {
            foreach (var one in _ends) one.Turn();
            if (_clock.Now >= end) return;
            var next = MonoTime.Min(end, MonoTime.Min(_ends[0].NextDeadline, _ends[1].NextDeadline));
            if (_flying.TryPeek(out _, out var first)) next = MonoTime.Min(next, new(first.At));
            if (next > _clock.Now) (_clock.Now, guard) = (next, 0);
            while (_flying.TryPeek(out var flight, out first) && first.At <= _clock.Now.Nanoseconds)
            {
                _flying.Dequeue();
                flight.To.Deliver(flight.Packet);
            }

            Assert.True(++guard < 10_000, $"seed {_seed}: time stands still");
        }
    }
}
