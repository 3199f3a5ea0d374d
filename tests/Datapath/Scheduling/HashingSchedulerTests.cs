using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath;

/// <summary>dh, sh and mh; what they should do is put in other words here, or is the kernel's (Debian 6.1.192).</summary>
public sealed class HashingSchedulerTests
{
    [Theory]
    [InlineData(SchedulerFlags.None)]
    [InlineData(SchedulerFlags.Port)]
    [InlineData(SchedulerFlags.Fallback)]
    [InlineData(SchedulerFlags.Port | SchedulerFlags.Fallback)]
    public void Source_hashing_fills_its_buckets_by_weight_newest_first(SchedulerFlags flags)
    {
        // The newest first, each as often as it weighs, one of weight 0 once.
        const string cycle = "4333221";
        var service = Engine.Weighted("sh", 1, 2, 3, 0) with { SchedulerFlags = flags };
        using var engine = new Engine().With(service);
        var seen = new HashSet<int>();
        foreach (var (client, port) in Clients(300))
        {
            var number = flags.HasFlag(SchedulerFlags.Port) ? (uint)port : 0;
            var start = (int)(unchecked((number + client.V4) * 0x61c8_8647u) >> 24);
            var expected = At(start);
            var mayFallBack = flags.HasFlag(SchedulerFlags.Fallback);
            for (var k = 0; k < 256 && expected == 4 && mayFallBack; k++) expected = At(start + ((k + start) % 256));
            if (expected == 4) expected = 0;
            seen.Add(expected);
            Assert.Equal(expected, engine.ServerOf(port, client.ToString()));
        }

        Assert.Equal(flags.HasFlag(SchedulerFlags.Fallback) ? 3 : 4, seen.Count);

        static int At(int bucket) => cycle[bucket % 256 % cycle.Length] - '0';
    }

    [Fact]
    public void Source_hashing_takes_new_weights_and_servers_into_its_buckets()
    {
        using var engine = new Engine().With(Engine.Weighted("sh", 1, 1));

        // 10.0.0.2 has bucket 137: the second of two, the first of (2, 1, 1, 1), the third of three.
        Assert.Equal(1, engine.ServerOf(1000));
        engine.With(Engine.Weighted("sh", 3, 1));
        Assert.Equal(1, engine.ServerOf(1001));
        engine.With(Engine.Weighted("sh", 3, 2));
        Assert.Equal(1, engine.ServerOf(1002));
        engine.With(Engine.Weighted("sh", 3, 3));
        Assert.Equal(1, engine.ServerOf(1003));
        engine.With(Engine.Weighted("sh", 1, 1, 1));
        Assert.Equal(1, engine.ServerOf(1004));
        engine.With(Engine.Weighted("sh", 1, 137));
        Assert.Equal(1, engine.ServerOf(1005));
        engine.With(Engine.Weighted("sh", 1, 138));
        Assert.Equal(2, engine.ServerOf(1006));
    }

    [Fact]
    public void Destination_hashing_gives_a_service_one_server_whatever_the_weights()
    {
        // 10.0.0.100 has bucket 248.
        Assert.Equal(248, AddressHash.Multiply(0x0a00_0064, 8));
        for (var servers = 1; servers <= 5; servers++)
        {
            using var engine = new Engine().With(Engine.Weighted("dh", [.. Enumerable.Range(1, servers)]));
            var expected = servers - (248 % servers);
            Assert.Equal(string.Join(' ', Enumerable.Repeat(expected, 6)), engine.Picks(6));
            engine.With(Engine.Weighted("dh", [.. Enumerable.Range(1, servers).Select(number => number == expected ? 0 : 1)]));
            Assert.Equal("0 0", engine.Picks(2, 2000));
        }
    }

    [Theory]
    [InlineData("1 1 1", "1 0 0 2 1 1 2 2 0 1 1 2 2 1 1 1", "1365 1364 1364")]
    [InlineData("2 4 6", "1 0 0 0 1 0 2 2 0 1 1 0 0 1 0 1", "2047 1364 682")]
    [InlineData("2000000002 2000000004 2000000006", null, "1379 1357 1357")]
    public void Maglevs_table_is_the_kernels(string weights, string? firstSlots, string counts)
    {
        using var engine = new Engine().With(Engine.Weighted("mh", [.. weights.Split(' ').Select(int.Parse)]));
        var scheduler = engine.Table.Services[0].Scheduler;
        var table = new int?[Maglev.Slots];
        for (uint client = 0; table.Contains(null); client++)
        {
            var request = new SchedulingRequest(IpProtocol.Tcp, new(IpAddress128.FromV4(client), 1000), default, default);
            table[Maglev.SlotOf(client)] = scheduler.Pick(request);
        }

        // Of weights that large the upper six bits count: 59 slots in a row for each server.
        if (firstSlots is not null) Assert.Equal(firstSlots, string.Join(' ', table.Take(16)));
        Assert.Equal(counts, string.Join(' ', table.CountBy(index => index ?? -1).OrderBy(pair => pair.Key).Select(pair => pair.Value)));
    }

    [Fact]
    public void Maglev_hashes_the_port_when_told_to()
    {
        using var engine = new Engine().With(Engine.Weighted("mh", 1, 1, 1));
        Assert.Single(Enumerable.Range(1000, 50).Select(port => engine.ServerOf((ushort)port)).Distinct());
        engine.With(Engine.Weighted("mh", 1, 1, 1) with { SchedulerFlags = SchedulerFlags.Port });
        Assert.Equal(3, Enumerable.Range(2000, 50).Select(port => engine.ServerOf((ushort)port)).Distinct().Count());
    }

    [Theory]
    [InlineData(SchedulerFlags.None)]
    [InlineData(SchedulerFlags.Fallback)]
    [InlineData(SchedulerFlags.Fallback | SchedulerFlags.Port)]
    public void Maglev_moves_only_the_clients_of_a_server_that_is_set_to_weight_0(SchedulerFlags flags)
    {
        var service = Engine.Weighted("mh", 1, 1, 1) with { SchedulerFlags = flags };
        using var engine = new Engine(capacity: 4096).With(service);
        var before = Clients(300).Select(client => engine.ServerOf(client.Port, client.Address.ToString())).ToList();
        engine.With(service with { Servers = [.. service.Servers.Select((server, i) => i == 1 ? server with { Weight = 0 } : server)] });
        engine.Pass(100);
        var after = Clients(300).Select(client => engine.ServerOf(client.Port, client.Address.ToString())).ToList();
        foreach (var (was, now) in before.Zip(after))
        {
            if (was != 2) Assert.Equal(was, now);
            else if (flags.HasFlag(SchedulerFlags.Fallback)) Assert.Contains(now, (int[])[1, 3]);
            else Assert.Equal(0, now);
        }

        Assert.Contains(2, before);
        engine.With(service);
        engine.Pass(100);
        Assert.Equal(before, Clients(300).Select(client => engine.ServerOf(client.Port, client.Address.ToString())));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(50)]
    public void Maglev_moves_few_clients_of_the_servers_that_stay_when_one_leaves(int servers)
    {
        for (var leaving = 1; leaving <= servers; leaving += 1 + (servers / 5))
        {
            using var engine = new Engine().With(Engine.Weighted("mh", [.. Enumerable.Repeat(1, servers)]));
            var before = Servers(engine);
            engine.With(Engine.Service("mh",
                [.. Enumerable.Range(1, servers).Where(number => number != leaving).Select(number => Engine.Server(number))]));
            var left = Engine.Server(leaving).Endpoint;
            var moved = before.Zip(Servers(engine)).Count(pair => pair.First.Key.Server != left && pair.First != pair.Second);

            // None with one server left; else some that the order of turns costs, where a modulus would move nearly all.
            Assert.InRange(moved, 0, servers == 2 ? 0 : Maglev.Slots / 25);
        }

        static List<RealServerState> Servers(Engine engine)
        {
            var scheduler = engine.Table.Services[0].Scheduler;
            var table = new Dictionary<int, RealServerState>();
            for (uint client = 0; table.Count < Maglev.Slots; client++)
            {
                var request = new SchedulingRequest(IpProtocol.Tcp, new(IpAddress128.FromV4(client), 1000), default, default);
                table[Maglev.SlotOf(client)] = scheduler.Pool[scheduler.Pick(request)].State;
            }

            return [.. table.OrderBy(slot => slot.Key).Select(slot => slot.Value)];
        }
    }

    [Fact]
    public void Maglev_falls_back_as_the_kernel_does()
    {
        var service = Engine.Weighted("mh", 1, 1, 1) with { SchedulerFlags = SchedulerFlags.Fallback | SchedulerFlags.Port };
        using var engine = new Engine().With(service);
        var table = new Dictionary<int, int>();
        foreach (var (client, port) in Clients(1000)) table[Maglev.SlotOf(client.V4 + port)] = Pick(engine, client, port);
        engine.With(service with { Servers = [.. service.Servers.Select((server, i) => i == 1 ? server with { Weight = 0 } : server)] });
        var compared = 0;
        foreach (var (client, port) in Clients(1000))
        {
            var slot = Maglev.SlotOf(client.V4 + port);
            if (table[slot] != 1) continue;
            for (var k = 0u; ; k++)
            {
                var next = Maglev.SlotOf(client.V4 + port + ((k + (uint)slot) % 4093));
                if (!table.TryGetValue(next, out var index)) break;
                if (index == 1) continue;
                Assert.Equal(index, Pick(engine, client, port));
                compared++;
                break;
            }
        }

        Assert.True(compared > 20, $"{compared} compared");

        static int Pick(Engine engine, IpAddress128 client, ushort port) => engine.Table.Services[0].Scheduler.Pick(
            new(IpProtocol.Tcp, new(client, port), default, default));
    }

    [Fact]
    public void Maglev_gives_no_slot_to_servers_that_join_when_there_are_as_many_as_slots()
    {
        var servers = Enumerable.Range(0, Maglev.Slots + 2)
            .Select(number => new RealServerSpec(new(IpAddress128.FromV4(0x0b00_0000u + (uint)number), 80), 1, null)).ToArray();
        using var engine = new Engine().With(Engine.Service("mh", servers));
        var scheduler = engine.Table.Services[0].Scheduler;
        var picked = new HashSet<int>();
        for (uint client = 0; client < 60_000; client++)
            picked.Add(scheduler.Pick(new(IpProtocol.Tcp, new(IpAddress128.FromV4(client), 1), default, default)));
        Assert.Equal(Enumerable.Range(2, Maglev.Slots), picked.Order());
    }

    private static IEnumerable<(IpAddress128 Address, ushort Port)> Clients(int count) => Enumerable.Range(0, count)
        .Select(number => (IpAddress128.FromV4(0xc633_6401u + ((uint)number * 7919)), (ushort)(1024 + (number * 31))));
}
