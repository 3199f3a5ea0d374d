using Director.Net;
using Director.Net.Wire;
using Director.Vrrp;

namespace Director.Tests.Vrrp.Support;

/// <summary>
/// Two to five machines on a LAN that loses, delays, repeats and partitions, while they crash, return, pause, reload, and lose their links,
/// addresses and what they track: all of it drawn from one seed. Storms and calms take turns; in a calm the bounds of
/// <see cref="SimulatedPlan"/> hold.
/// </summary>
internal sealed class SimulatedLan
{
    private readonly Random _random;
    private readonly int _seed;
    private readonly List<string>? _log;
    private readonly ManualClock _clock = new();
    private readonly SimulatedPlan _plan;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly PriorityQueue<(SimulatedNode To, byte[] Datagram), (long At, int Order)> _flying = new();
    private readonly bool[,] _isCut = new bool[5, 5];
    private readonly byte[][] _rubbish;
    private CalmWatch? _watch;
    private MonoTime _nextRubbish = MonoTime.Never;
    private double _loss;
    private double _repetition;
    private TimeSpan _maxDelay;
    private int _order;

    private SimulatedLan(int seed, List<string>? log)
    {
        (_seed, _log, _random) = (seed, log, new Random(seed));
        _plan = new(_random);
        for (var i = 0; i < _plan.Nodes.Count; i++)
            _nodes.Add(new(_plan.Nodes[i], _plan.IsGrouped, _plan.AddressOf(i), _clock, Send, log));
        _rubbish = [.. _nodes.Select(Rubbish)];
    }

    /// <summary>Plays a seed; if it fails, plays it again and shows how that came about.</summary>
    public static void Check(int seed, int rounds = 2)
    {
        try
        {
            Play(seed, null, rounds);
        }
        catch (SimulationFailure)
        {
            var log = new List<string>();
            var again = Assert.Throws<SimulationFailure>(() => Play(seed, log, rounds));
            Assert.Fail($"seed {seed} (SimulatedLan.Check({seed}, {rounds}) plays it again): {again.Message}\n"
                + string.Join('\n', log.Where(line => !line.Contains("rejected", StringComparison.Ordinal)).TakeLast(60)));
        }
    }

    /// <summary>Plays a seed; what happens is written to <paramref name="log"/>, the same each time.</summary>
    public static void Play(int seed, List<string>? log, int rounds = 2)
    {
        var lan = new SimulatedLan(seed, log);
        for (var round = 0; round < rounds; round++)
        {
            lan.Storm(TimeSpan.FromSeconds(8 + (lan._random.NextDouble() * 8)));
            lan.Calm();
        }
    }

    private void Storm(TimeSpan length)
    {
        _loss = _random.Next(2) * _random.NextDouble() * 0.6;
        _repetition = _random.Next(2) * _random.NextDouble() * 0.3;
        _maxDelay = TimeSpan.FromSeconds(_random.Next(2) * _random.NextDouble() * 0.8) + SimulatedPlan.Delay;
        var end = _clock.Now + length;
        while (_clock.Now < end)
        {
            Misfortune(_nodes[_random.Next(_nodes.Count)]);
            RunUntil(MonoTime.Min(end, _clock.Now + TimeSpan.FromSeconds(_random.NextDouble() * 3)));
        }
    }

    private void Calm()
    {
        foreach (var node in _nodes)
        {
            node.Paused = false;
            if (!node.IsAlive) continue;
            node.Link.Set(node.Connected);
            node.Runner!.SetMainStalled(false);
            if (_random.Next(2) == 0) node.Runner.SetTracker(SimulatedPlan.Light, TrackerStatus.Up);
            if (Array.Exists(node.Routers, router => router.Faults.HasFlag(FaultReasons.TrackerDown)))
                node.Runner.SetTracker(SimulatedPlan.Light, TrackerStatus.Up);
            node.Touch();
        }

        if (!_nodes.Exists(node => node.IsAlive)) _nodes[0].Start();
        var late = _maxDelay;
        Array.Clear(_isCut);
        (_loss, _repetition, _maxDelay) = (0, 0, SimulatedPlan.Delay);
        if (_plan.IsSprayed) _nextRubbish = _clock.Now;
        _log?.Add("calm");
        RunUntil(_clock.Now + late + SimulatedPlan.Delay);
        _watch = new(_plan, _nodes, _clock.Now);
        RunUntil(_watch.End);
        (_watch, _nextRubbish) = (null, MonoTime.Never);
        foreach (var node in _nodes.Where(node => node.IsAlive)) CheckAddresses(node);
    }

    private void CheckAddresses(SimulatedNode node)
    {
        for (var i = 0; i < node.Routers.Length; i++)
        {
            var (vip, expected) = (_plan.Vip(i), node.IsMaster(i));
            if (node.Link.Addresses.Contains(vip) != expected || node.Link.Armed.Contains(vip) != expected)
                throw new SimulationFailure($"an address or its steering is not where the router of {node} stands");
        }
    }

    private void Misfortune(SimulatedNode node)
    {
        var kind = _random.Next(13);
        _log?.Add($"{_clock.Now} misfortune {kind} for {node}");
        switch (kind)
        {
            case 0 when node.IsAlive: node.Crash(); break;
            case 1 when node.Runs: node.Stop(); break;
            case 2 when node.IsAlive: node.Link.Set(node.Connected with { IsUp = false }); break;
            case 3 when node.IsAlive: node.Link.TakeAway(_plan.Vip(_random.Next(node.Routers.Length))); break;
            case 4: node.Paused = true; break;
            case 5 when node.IsAlive: node.Link.Set(node.Connected); break;
            case 6 when node.Runs: node.Runner!.SetMainStalled(_random.Next(2) == 0); break;
            case 7: node.Paused = false; break;
            case 8 when node.Runs: node.Runner!.SetTracker(SimulatedPlan.Light, TrackerStatus.Up); break;
            case 9 when node.Runs: node.Runner!.SetTracker(SimulatedPlan.Light, TrackerStatus.Down); break;
            case 10 when node.Runs && node.Settings.Priority != VrrpPriority.Owner: node.Reload((byte)_random.Next(1, 255)); break;
            case 11: Partition(); break;
            default:
                if (!node.IsAlive) node.Start();
                break;
        }

        node.Touch();
    }

    /// <summary>Each way of each pair may be cut, so that one may hear another that does not hear it.</summary>
    private void Partition()
    {
        var share = _random.NextDouble();
        for (var i = 0; i < _nodes.Count; i++)
        {
            for (var j = 0; j < _nodes.Count; j++) _isCut[i, j] = _random.NextDouble() < share;
        }
    }

    /// <summary>From somebody that a node should listen to, had it not been damaged on the way.</summary>
    private byte[] Rubbish(SimulatedNode node)
    {
        var source = _nodes.First(other => other != node).Address;
        var rubbish = _plan.IsUnicast ? Some.Datagram(_plan.Nodes[0][0], source, node.Address, VrrpPriority.Owner)
            : Some.Datagram(_plan.Nodes[0][0], source, VrrpPriority.Owner);
        rubbish[^1] ^= 1;
        return rubbish;
    }

    private void Send(SimulatedNode from, byte[] datagram)
    {
        var to = _plan.IsV6 ? IpAddress128.ReadV6(datagram.AsSpan(24)) : IpAddress128.ReadV4(datagram.AsSpan(16));
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (!to.IsMulticast && to != _nodes[i].Address) continue;
            if (_nodes[i] == from || _isCut[_nodes.IndexOf(from), i] || _random.NextDouble() < _loss) continue;
            Fly(_nodes[i], datagram);
            if (_random.NextDouble() < _repetition) Fly(_nodes[i], datagram);
        }
    }

    private void Fly(SimulatedNode to, byte[] datagram) =>
        _flying.Enqueue((to, datagram), ((_clock.Now + (_maxDelay * (0.01 + (0.99 * _random.NextDouble())))).Nanoseconds, _order++));

    private void RunUntil(MonoTime end)
    {
        for (var standing = 0; ; standing++)
        {
            if (standing > 1000) throw new SimulationFailure($"time stands still at {_clock.Now}");
            foreach (var node in _nodes)
            {
                if (node.Runs && node.NextDeadline <= _clock.Now) node.Turn();
            }

            _watch?.Look(_clock.Now);
            if (_clock.Now >= end) return;
            var next = MonoTime.Min(end, _nextRubbish);
            foreach (var node in _nodes)
            {
                if (node.Runs) next = MonoTime.Min(next, node.NextDeadline);
            }

            if (_flying.TryPeek(out _, out var first)) next = MonoTime.Min(next, new(first.At));
            if (next > _clock.Now) (_clock.Now, standing) = (next, 0);
            Deliver();
        }
    }

    private void Deliver()
    {
        while (_flying.TryPeek(out var flight, out var first) && first.At <= _clock.Now.Nanoseconds)
        {
            _flying.Dequeue();
            DeliverTo(flight.To, flight.Datagram);
        }

        if (_nextRubbish > _clock.Now) return;
        _nextRubbish = _clock.Now + (_plan.ShortestInterval * 0.7);
        for (var i = 0; i < _nodes.Count; i++) DeliverTo(_nodes[i], _rubbish[i]);
    }

    private static void DeliverTo(SimulatedNode node, byte[] datagram)
    {
        if (!node.IsAlive || !node.Link.Status.IsUp) return;
        node.Link.Deliver(datagram);
        node.Touch();
    }
}
