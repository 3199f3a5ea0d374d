using Director.Net;
using Director.Vrrp;

namespace Director.Tests.Vrrp.Support;

/// <summary>
/// Two or three routers on a LAN that loses and delays, while they crash, return, pause, and lose their links and addresses: all of it
/// drawn from one seed.
/// </summary>
internal sealed class SimulatedLan
{
    private readonly Random _random;
    private readonly int _seed;
    private readonly ManualClock _clock = new();
    private readonly List<SimulatedNode> _nodes = [];
    private readonly PriorityQueue<(SimulatedNode To, byte[] Datagram), (long At, int Order)> _flying = new();
    private double _loss;
    private double _maxDelaySeconds;
    private int _order;

    private SimulatedLan(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        var equal = _random.Next(4) == 0;
        var count = _random.Next(2, 4);
        for (var i = 0; i < count; i++)
        {
            var settings = Some.Instance(equal ? (byte)100 : (byte)_random.Next(1, 255)) with
            {
                NoPreempt = _random.Next(4) == 0,
                PreemptDelay = _random.Next(4) == 0 ? TimeSpan.FromSeconds(2) : TimeSpan.Zero,
            };
            _nodes.Add(new SimulatedNode(settings, IpAddress128.FromV4(0x0a090001u + (uint)i), _clock, Send));
        }
    }

    /// <summary>Storms and calms in turn; after each calm exactly one living router is master.</summary>
    public static void Play(int seed, int rounds = 5)
    {
        var lan = new SimulatedLan(seed);
        for (var round = 0; round < rounds; round++)
        {
            lan.Storm(TimeSpan.FromSeconds(30));
            lan.Calm(TimeSpan.FromSeconds(12));
            lan.AssertOneMaster(round);
        }
    }

    private void Storm(TimeSpan length)
    {
        _loss = _random.NextDouble() * 0.6;
        _maxDelaySeconds = _random.NextDouble() * 0.8;
        var end = _clock.Now + length;
        while (_clock.Now < end)
        {
            Misfortune(_nodes[_random.Next(_nodes.Count)]);
            RunUntil(MonoTime.Min(end, _clock.Now + TimeSpan.FromSeconds(_random.NextDouble() * 4)));
        }
    }

    private void Calm(TimeSpan length)
    {
        (_loss, _maxDelaySeconds) = (0, 0.001);
        foreach (var node in _nodes)
        {
            node.Paused = false;
            if (!node.IsAlive) continue;
            node.Link.Set(new(true, node.Address));
            node.Runner!.SetMainStalled(false);
        }

        if (!_nodes.Exists(node => node.IsAlive)) _nodes[0].Start();
        RunUntil(_clock.Now + length);
    }

    private void AssertOneMaster(int round)
    {
        var masters = _nodes.Where(node => node.IsAlive && node.State == VrrpState.Master).ToList();
        var picture = string.Join(", ",
            _nodes.Select(node => $"{node.Address} priority {node.Priority} {(node.IsAlive ? node.State.ToString() : "dead")}"));
        Assert.True(masters.Count == 1, $"seed {_seed}, round {round}: {masters.Count} masters: {picture}");
        foreach (var node in _nodes.Where(node => node.IsAlive))
        {
            var expected = node == masters[0];
            var consistent = node.Link.Addresses.Contains(Some.Vip) == expected && node.Link.Armed.Contains(Some.Vip) == expected;
            Assert.True(consistent, $"seed {_seed}, round {round}: {node.Address} is {node.State} but its address or steering is not");
        }
    }

    private void Misfortune(SimulatedNode node)
    {
        switch (_random.Next(9))
        {
            case 0 when node.IsAlive: node.Crash(); break;
            case 1 when node.Runs: node.Stop(); break;
            case 2 when node.IsAlive: node.Link.Set(new(false, node.Address)); break;
            case 3 when node.IsAlive: node.Link.TakeAway(Some.Vip); break;
            case 4: node.Paused = true; break;
            case 5 when node.IsAlive: node.Link.Set(new(true, node.Address)); break;
            case 6 when node.Runs: node.Runner!.SetMainStalled(_random.Next(2) == 0); break;
            case 7: node.Paused = false; break;
            default:
                if (!node.IsAlive) node.Start();
                break;
        }
    }

    private void Send(SimulatedNode from, byte[] datagram)
    {
        foreach (var node in _nodes)
        {
            if (node == from || _random.NextDouble() < _loss) continue;
            var at = _clock.Now + TimeSpan.FromSeconds(_random.NextDouble() * _maxDelaySeconds);
            _flying.Enqueue((node, datagram), (at.Nanoseconds, _order++));
        }
    }

    private void RunUntil(MonoTime end)
    {
        var guard = 0;
        while (true)
        {
            foreach (var node in _nodes.Where(node => node.Runs)) node.Runner!.Turn();
            if (_clock.Now >= end) return;
            var next = _nodes.Where(node => node.Runs).Select(node => node.Runner!.NextDeadline).Append(end).Min();
            if (_flying.TryPeek(out _, out var first)) next = MonoTime.Min(next, new(first.At));
            if (next > _clock.Now) (_clock.Now, guard) = (MonoTime.Min(next, end), 0);
            while (_flying.TryPeek(out var flight, out first) && first.At <= _clock.Now.Nanoseconds)
            {
                _flying.Dequeue();
                if (flight.To.IsAlive && flight.To.Link.Status.IsUp) flight.To.Link.Deliver(flight.Datagram);
            }

            Assert.True(++guard < 10_000, $"seed {_seed}: time stands still");
        }
    }
}
