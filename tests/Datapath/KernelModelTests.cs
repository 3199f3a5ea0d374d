using Director.Datapath;
using Director.Datapath.Ports;
using Director.Net.Wire;
using Director.Tests.Datapath.Offload;
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

    /// <summary>Sysctls by name: those of the kernel, then each that is not, alone and all at once.</summary>
    private static readonly Dictionary<string, IpvsSettings> Sysctls = new(StringComparer.Ordinal)
    {
        ["defaults"] = IpvsSettings.Default,
        ["conn_reuse_mode=0"] = IpvsSettings.Default with { ConnReuseMode = 0 },
        ["conn_reuse_mode=2"] = IpvsSettings.Default with { ConnReuseMode = 2 },
        ["expire_nodest_conn=1"] = IpvsSettings.Default with { ExpireNodestConn = true },
        ["expire_quiescent_template=1"] = IpvsSettings.Default with { ExpireQuiescentTemplate = true },
        ["sloppy_tcp=1"] = IpvsSettings.Default with { SloppyTcp = true },
        ["all"] = new() { ConnReuseMode = 3, ExpireNodestConn = true, ExpireQuiescentTemplate = true, SloppyTcp = true },
    };

    public static TheoryData<string, int?, string, int> Histories
    {
        get
        {
            var data = new TheoryData<string, int?, string, int>();
            foreach (var scheduler in new[] { "wlc", "rr" })
                foreach (var persistence in new int?[] { null, 5, 50 })
                    foreach (var sysctls in Sysctls.Keys)
                        for (var seed = 1; seed <= (sysctls == "defaults" ? 5 : 2); seed++) data.Add(scheduler, persistence, sysctls, seed);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void The_engine_and_the_model_agree(string scheduler, int? persistence, string sysctls, int seed) =>
        Compare(scheduler, persistence, sysctls, seed, null);

    [Theory]
    [MemberData(nameof(Histories))]
    public void They_agree_when_what_is_established_is_offloaded(string scheduler, int? persistence, string sysctls, int seed)
    {
        using var offload = new OffloadModel();
        Compare(scheduler, persistence, sysctls, seed, offload);
        Assert.True(offload.Stage.Sent > 0);
    }

    private static void Compare(string scheduler, int? persistence, string sysctls, int seed, OffloadModel? offload)
    {
        var random = new Random(seed);
        var model = new KernelModel(scheduler, persistence, Sysctls[sysctls]);
        using var engine = new Engine(capacity: 4096, settings: Sysctls[sysctls], offload: offload);
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
            engine.Forwarder.Expire(engine.Table, engine.Now);
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
