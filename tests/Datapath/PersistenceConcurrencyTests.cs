using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

public sealed class PersistenceConcurrencyTests
{
    [Fact]
    public void Workers_that_share_clients_send_each_client_to_one_server_and_leave_no_count_behind()
    {
        const int workers = 4, clients = 32, ports = 20, rounds = 5;
        var persistence = new PersistenceTable(4096, 1);
        var begin = MonoTime.Zero + TimeSpan.FromDays(1);
        var service = Engine.Weighted("rr", 1, 1, 1) with { PersistenceTimeout = TimeSpan.FromSeconds(50) };
        var tables = new PublishedTable(ForwardingTable.Build([service], ForwardingTable.Empty(workers), begin));
        var seen = new int[workers, clients];
        var split = 0;
        using var barrier = new Barrier(workers);
        var threads = Enumerable.Range(0, workers).Select(number => new Thread(() => Work(number))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(0, split);
        Assert.Equal(0, persistence.Count);
        Assert.All(tables.Current.Servers, server =>
            Assert.Equal((0, 0, 0), (server.ActiveConnections, server.TotalConnections, server.PersistentConnections)));
        Assert.Equal(workers * clients * ports * rounds, tables.Current.ReadTraffic(tables.Current.Services[0]).Connections);

        void Work(int number)
        {
            using var port = new MemoryFramePort();
            using var connections = new ConnectionTable(clients * ports, 1);
            var forwarder = new Forwarder(number, connections, persistence);
            var batch = new FrameBatch();
            for (var round = 0; round < rounds; round++)
            {
                var now = begin + TimeSpan.FromHours(round);
                for (var i = 0; i < clients * ports; i++)
                {
                    var client = i % clients;
                    var source = (ushort)(2000 + (i / clients) + (100 * number));
                    port.TryPut(Frames.Tcp($"10.1.0.{client}", source, Engine.Vip, 80, TcpFlags.Syn));
                    port.Receive(batch);
                    forwarder.Process(batch, tables.Current, now);
                    var server = batch[0].Egress;
                    if (i < clients) seen[number, client] = server;
                    if (seen[number, client] != server) Interlocked.Increment(ref split);
                    port.Commit(batch);
                }

                barrier.SignalAndWait();
                for (var client = 0; client < clients; client++)
                    if (seen[number, client] != seen[0, client]) Interlocked.Increment(ref split);

                // Let all run out: the connections first, their templates a minute after. A call takes a bounded number of steps, and leaves
                // what another worker has in hand, so it takes many.
                barrier.SignalAndWait();
                for (var second = 0; second < 300; second++) forwarder.Expire(tables.Current, now + TimeSpan.FromSeconds(second));
                barrier.SignalAndWait();
                for (var second = 400; second < 700; second++) forwarder.Expire(tables.Current, now + TimeSpan.FromSeconds(second));
                barrier.SignalAndWait();
            }
        }
    }
}
