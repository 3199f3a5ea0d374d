using Director.Datapath;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath;

/// <summary>
/// Services at random, of both families and protocols, several to a VIP, FTP and every port among them, with up to six servers that other
/// services use too; and what becomes of them.
/// </summary>
internal sealed class AnyServices(Random random)
{
    private const int Count = 300;

    private readonly List<RealServerKey> _bound = [];

    /// <summary>All that there can be.</summary>
    public PagedArray<VirtualServiceSpec> Services() =>
        PagedArray<VirtualServiceSpec>.Of([.. Enumerable.Range(0, Count).Select(Any)]);

    /// <summary>The next: a few edited, or another set of them.</summary>
    public PagedArray<VirtualServiceSpec> Next(PagedArray<VirtualServiceSpec> desired) =>
        random.Next(8) == 0 ? Reloaded(desired) : Edited(desired);

    private PagedArray<VirtualServiceSpec> Edited(PagedArray<VirtualServiceSpec> desired)
    {
        var edit = desired.Edit();
        for (var edits = random.Next(4); edits > 0 && edit.Count > 0; edits--)
        {
            var place = random.Next(edit.Count);
            var spec = edit.Peek(place);
            edit[place] = random.Next(4) == 0
                ? Any(0) with { Key = spec.Key, Servers = spec.Servers, IsOnePacket = false }
                : spec with { Servers = AnyServers(spec.Key) };
        }

        return edit.ToPagedArray();
    }

    /// <summary>Services come, go, and change places; once in a while all of one family have gone, or all at all.</summary>
    private PagedArray<VirtualServiceSpec> Reloaded(PagedArray<VirtualServiceSpec> desired)
    {
        var kept = random.Next(6) switch
        {
            0 => desired.Where(spec => spec.Key.Virtual.Address.IsV4),
            1 => desired.Where(_ => random.Next(20) == 0),
            2 => [],
            _ => desired.Where(_ => random.Next(20) != 0),
        };
        var specs = kept.ToDictionary(spec => spec.Key);
        foreach (var number in Enumerable.Range(0, Count).Where(_ => random.Next(3) == 0))
        {
            var spec = Any(number);
            specs.TryAdd(spec.Key, spec);
        }

        var isShuffled = random.Next(2) == 0;
        return PagedArray<VirtualServiceSpec>.Of([.. specs.Values.OrderBy(_ => isShuffled ? random.Next() : 0)]);
    }

    /// <summary>Connections come and go, the same in each of the tables.</summary>
    public void Connect(ForwardingTable[] tables, MonoTime now)
    {
        for (var i = _bound.Count - 1; i >= 0; i--)
        {
            if (random.Next(5) != 0) continue;
            foreach (var table in tables) table.Find(_bound[i])!.Unbind(wasActive: false, now);
            _bound.RemoveAt(i);
        }

        RealServerKey[] keys = [.. tables[0].Servers.Where(_ => random.Next(40) == 0).Select(server => server.Key)];
        foreach (var key in keys)
        {
            foreach (var table in tables) table.Find(key)!.Bind();
            _bound.Add(key);
        }
    }

    private VirtualServiceSpec Any(int number)
    {
        var isV4 = number % 3 != 0;
        ushort[] ports = [21, 80, 443, 0];
        var key = new ServiceKey(number % 2 == 0 ? IpProtocol.Tcp : IpProtocol.Udp,
            new(isV4 ? IpAddress128.FromV4(0x0a00_0000u + (uint)number / 8) : IpAddress128.FromHalves(0x2001 << 8, (ulong)number / 8),
                ports[number / 2 % 4]));
        string[] schedulers = ["wlc", "rr", "wrr", "mh", "lblc"];
        return new(key, schedulers[random.Next(schedulers.Length)], random.Next(2) == 0 ? null : TimeSpan.FromSeconds(300), 24,
            AnyServers(key));
    }

    private RealServerSpec[] AnyServers(ServiceKey key) =>
        [.. Enumerable.Range(1, 6).Where(_ => random.Next(3) != 0).OrderBy(_ => random.Next()).Select(number => AnyServer(key, number))];

    private RealServerSpec AnyServer(ServiceKey key, int number)
    {
        var address = key.Virtual.Address.IsV4
            ? IpAddress128.FromV4(0xc0a8_0000u + (uint)number + (key.Virtual.Address.V4 & 7))
            : IpAddress128.FromHalves(0x2001 << 16, (ulong)number + (key.Virtual.Address.Lower & 7));
        NextHop? hop = random.Next(5) == 0
            ? null
            : new((ushort)random.Next(3), Engine.MacOf(number), Engine.LinkMac(random.Next(2)), 1500) { Address = address };
        return new(new(address, key.Virtual.Port), random.Next(4), hop)
        {
            Method = (ForwardingMethod)random.Next(3),
            IsLocal = random.Next(8) == 0,
            Thresholds = random.Next(3) == 0 ? new(random.Next(3, 6), random.Next(3)) : default,
        };
    }
}
