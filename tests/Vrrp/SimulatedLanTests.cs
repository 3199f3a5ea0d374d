using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

/// <summary>
/// Two or three routers on a LAN that loses and delays, while they crash, return, pause, and lose their links and addresses. Once it has
/// been quiet for longer than any of them waits, exactly one of the living is master and nobody else has its address.
/// </summary>
public class SimulatedLanTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 200));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_a_quiet_time_exactly_one_living_router_is_master(int seed)
    {
        var world = new World(seed);
        for (var round = 0; round < 5; round++)
        {
            world.Storm(TimeSpan.FromSeconds(30));
            world.Calm(TimeSpan.FromSeconds(12));
            world.AssertOneMaster(round);
        }
    }

    private sealed class World
    {
        private readonly Random _random;
        private readonly int _seed;
        private readonly ManualClock _clock = new();
        private readonly List<Node> _nodes = [];
        private readonly PriorityQueue<(Node To, byte[] Datagram), (long At, int Order)> _flying = new();
        private double _loss;
        private double _maxDelaySeconds;
        private int _order;

        public World(int seed)
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
                _nodes.Add(new Node(settings, IpAddress128.FromV4(0x0a090001u + (uint)i), _clock, Send));
            }
        }

        public void Storm(TimeSpan length)
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

        public void Calm(TimeSpan length)
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

        public void AssertOneMaster(int round)
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

        private void Misfortune(Node node)
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

        private void Send(Node from, byte[] datagram)
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

    private sealed class Node
    {
        private readonly VrrpInstanceSettings _settings;
        private readonly ManualClock _clock;

        public Node(VrrpInstanceSettings settings, IpAddress128 address, ManualClock clock, Action<Node, byte[]> send)
        {
            (_settings, Address, _clock) = (settings, address, clock);
            Link.OnSend = datagram =>
            {
                if (Link.Status.IsUp) send(this, datagram);
            };
            Start();
        }

        public IpAddress128 Address { get; }

        public SimulatedLink Link { get; } = new();

        public VrrpRunner? Runner { get; private set; }

        public bool Paused { get; set; }

        public bool IsAlive => Runner is not null;

        public bool Runs => IsAlive && !Paused;

        public byte Priority => _settings.Priority;

        public VrrpState State => Runner!.Routers.First().State;

        public void Start()
        {
            Link.Forget();
            Link.Set(new(true, Address));
            Runner = new VrrpRunner(Link, Link, new RecordingObserver(null), _clock);
            Runner.Configure([_settings]);
        }

        public void Crash() => Runner = null;

        public void Stop()
        {
            Runner!.Shutdown();
            Runner = null;
        }
    }
}
