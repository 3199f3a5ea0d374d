using Director.Net;
using Director.Vrrp;

namespace Director.Tests.Vrrp.Support;

/// <summary>
/// Two routers, A of priority 150 and B of 100, each by its own clock, joined by a wire that loses: everything drawn from one seed.
/// </summary>
internal sealed class SimulatedPair
{
    private static readonly TimeSpan Way = TimeSpan.FromMicroseconds(100);

    private readonly ManualClock _world = new();
    private readonly Random _random;
    private readonly Side[] _sides;
    private readonly PriorityQueue<(Side To, byte[] Datagram), (long At, int Order)> _flying = new();
    private readonly double _loss;
    private int _order;

    /// <summary>A pair that has not begun.</summary>
    /// <param name="seed">Of what is lost.</param>
    /// <param name="loss">The part of datagrams that is.</param>
    /// <param name="stretch">How long a second of A's clock lasts, in seconds.</param>
    public SimulatedPair(int seed, double loss = 0, double stretch = 1)
    {
        (_random, _loss) = (new(seed), loss);
        _sides = [new(this, Some.Instance(150), Some.Source, stretch), new(this, Some.Instance(100), Some.Higher, 1)];
    }

    /// <summary>How often B has become master.</summary>
    public int Takeovers => _sides[1].Masterships;

    /// <summary>How often A has.</summary>
    public int Masterships => _sides[0].Masterships;

    /// <summary>How long B has been master, and each time at most.</summary>
    public (TimeSpan Whole, TimeSpan Longest) Overlap { get; private set; }

    /// <summary>Adverts of A that were lost one after another when B became master, each time.</summary>
    public List<int> LostBefore { get; } = [];

    /// <summary>Runs of at least so many adverts of A, lost one after another.</summary>
    public int LostInRow { get; private set; }

    /// <summary>Lets it count from here on.</summary>
    public void ForgetOverlap() => Overlap = default;

    /// <summary>Plays on for so long, by the right time.</summary>
    public void Run(TimeSpan length)
    {
        var end = _world.Now + length;
        while (_world.Now < end)
        {
            foreach (var side in _sides) side.TurnIfDue();
            var next = end;
            foreach (var side in _sides) next = MonoTime.Min(next, side.Due);
            if (_flying.TryPeek(out _, out var first)) next = MonoTime.Min(next, new(first.At));
            if (_sides[1].IsMaster) Overlap = (Overlap.Whole + (next - _world.Now), Overlap.Longest);
            if (next > _world.Now) _world.Now = next;
            while (_flying.TryPeek(out var flight, out first) && first.At <= _world.Now.Nanoseconds)
            {
                _flying.Dequeue();
                flight.To.Hear(flight.Datagram);
            }
        }
    }

    private void Send(Side from, byte[] datagram)
    {
        var (isOfA, isLost) = (from == _sides[0], _random.NextDouble() < _loss);
        if (isOfA) LostInRow = isLost ? LostInRow + 1 : 0;
        if (!isLost) _flying.Enqueue((isOfA ? _sides[1] : _sides[0], datagram), ((_world.Now + Way).Nanoseconds, _order++));
    }

    private void Entered(Side side, MonoTime since)
    {
        if (side != _sides[1]) return;
        if (side.IsMaster) LostBefore.Add(LostInRow);
        else if (_world.Now - since > Overlap.Longest) Overlap = (Overlap.Whole, _world.Now - since);
    }

    private sealed class Side
    {
        private readonly SimulatedPair _pair;
        private readonly DriftingClock _clock;
        private readonly SimulatedLink _link = new();
        private readonly VrrpRunner _runner;
        private readonly VrrpRouter _router;
        private MonoTime _since;

        public Side(SimulatedPair pair, VrrpInstanceSettings settings, IpAddress128 address, double stretch)
        {
            (_pair, _clock, _since) = (pair, new(pair._world, stretch), pair._world.Now);
            _link.Set(new(true, address));
            _link.OnSend = datagram => pair.Send(this, datagram);
            _runner = new(_link, _link, new RecordingObserver(null), _clock);
            _runner.Configure([settings], []);
            _router = _runner.Routers.Single();
            Due = pair._world.Now;
        }

        /// <summary>When it has something to do, by the right time.</summary>
        public MonoTime Due { get; private set; }

        public bool IsMaster { get; private set; }

        public int Masterships { get; private set; }

        public void Hear(byte[] datagram)
        {
            _link.Deliver(datagram);
            Due = _pair._world.Now;
        }

        public void TurnIfDue()
        {
            if (Due > _pair._world.Now) return;
            _runner.Turn();
            Due = _clock.InWorld(_runner.NextDeadline);
            if (IsMaster == (_router.State == VrrpState.Master)) return;
            IsMaster = !IsMaster;
            if (IsMaster) Masterships++;
            _pair.Entered(this, _since);
            _since = _pair._world.Now;
        }
    }
}
