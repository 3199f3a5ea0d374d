using Director.Datapath.Ports;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>Random histories of packets, waits and changes of the pool: the engine decides and counts as the plain model does.</summary>
public sealed class KernelModelTests
{
    private static readonly TcpFlags[] Packets =
    [
        TcpFlags.Syn, TcpFlags.Syn, TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Ack, TcpFlags.Ack, TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Rst,
        TcpFlags.Syn | TcpFlags.Ack, TcpFlags.Syn | TcpFlags.Rst, TcpFlags.None, TcpFlags.Psh | TcpFlags.Ack,
    ];

    public static TheoryData<string, int?, int> Histories
    {
        get
        {
            var data = new TheoryData<string, int?, int>();
            foreach (var scheduler in new[] { "wlc", "rr" })
                foreach (var persistence in new int?[] { null, 5, 50 })
                    for (var seed = 1; seed <= 5; seed++) data.Add(scheduler, persistence, seed);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void The_engine_and_the_model_agree(string scheduler, int? persistence, int seed)
    {
        var random = new Random(seed);
        var model = new KernelModel(scheduler, persistence);
        using var engine = new Engine(capacity: 4096);
        model.Pass(engine.Now);
        Change();
        for (var step = 0; step < 4000; step++)
        {
            if (random.Next(200) == 0) Change();
            if (random.Next(6) == 0) Pass(random.Next(40) == 0 ? random.Next(200) : random.Next(4));
            var (client, port, flags) = (random.Next(1, 6), random.Next(1000, 1012), Packets[random.Next(Packets.Length)]);
            var expected = model.Packet(client, port, flags);
            var sent = engine.Send(Tcp($"10.0.0.{client}", (ushort)port, Engine.Vip, 80, flags));
            var actual = sent.Verdict switch
            {
                Verdict.Forward => sent.Egress,
                Verdict.ToHost => -1,
                Verdict.Drop when expected == -2 => -2,
                _ => 0,
            };
            var at = $"seed {seed}, step {step}, {flags} of {client}:{port}";
            Assert.True(expected == actual, $"{at}: went to {actual}, the model says {expected}");
            var count = engine.Connections.Count;
            Assert.True(model.Connections == count, $"{at}: {count} connections, not {model.Connections}");
        }

        void Change()
        {
            var servers = Enumerable.Range(1, 5).Where(_ => random.Next(4) != 0).Select(number => (number, random.Next(4))).ToList();
            engine.With(Engine.Service(scheduler, [.. servers.Select(server => Engine.Server(server.number, server.Item2))]) with
            {
                PersistenceTimeout = persistence is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            });
            model.Configure(servers);
            AssertCounts();
        }

        void Pass(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                engine.Pass(1);
                model.Pass(engine.Now);
            }

            AssertCounts();
        }

        void AssertCounts()
        {
            var templates = engine.Persistence.Count;
            Assert.True(model.Templates == templates, $"seed {seed}: {templates} templates, not {model.Templates}");
            foreach (var server in engine.Table.Servers)
            {
                var number = (int)(server.Key.Server.Address.V4 & 0xff) - 10;
                var counts = (server.ActiveConnections, server.TotalConnections, server.PersistentConnections);
                var wanted = model.CountsOf(number);
                Assert.True(wanted == counts, $"seed {seed}: server {number} counts {counts}, not {wanted}");
            }
        }
    }
}
