using System.Diagnostics;
using Director.Control;
using Director.Lab.Namespaces;
using Director.Linux.Netlink;
using Director.Net;
using Director.Tests.Linux.Netlink;
using Director.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Director.Tests.Control;

[Collection("kernel")]
public sealed class RouteStateTests
{
    private static readonly IpAddress128 Server = IpAddress128.Parse("192.168.80.2");

    [KernelFact]
    public void The_kernel_is_asked_again_only_for_a_neighbour_that_it_lets_lie() => OnPair(host =>
    {
        host.State.Refresh([Server]);
        host.Until("the server has answered", () => host.Kernel is { State: NeighbourState.Reachable } && host.Mac is not null);

        // Nothing has been told since it answered, so nothing is looked at.
        host.Machine.Ip("neigh", "del", "192.168.80.2", "dev", "eth0");
        Assert.False(host.State.Resolve());
        Assert.Null(host.Kernel);
        Assert.NotNull(host.Mac);

        host.Hear();
        Assert.Null(host.Mac);
        host.State.Resolve();
        Assert.NotNull(host.Kernel);
        host.Until("the server has answered again", () => host.Mac is not null);
    });

    [KernelFact]
    public void A_server_that_is_at_another_MAC_than_the_kernel_once_learnt_is_found_without_traffic() => OnPair(host =>
    {
        host.Machine.Sysctl("net.ipv4.neigh.eth0.delay_first_probe_time", "1");
        host.Machine.Sysctl("net.ipv4.neigh.eth0.retrans_time_ms", "100");
        host.State.Refresh([Server]);
        host.Until("the server has answered", () => host.Mac is not null);
        var mac = host.Mac;

        // What the kernel has not asked for itself it does not keep fresh, as before Linux 5.16 it keeps nothing.
        host.Machine.Ip("neigh", "del", "192.168.80.2", "dev", "eth0");
        host.Machine.Ip("neigh", "add", "192.168.80.2", "dev", "eth0", "lladdr", "02:00:00:00:80:99", "nud", "stale");
        host.Hear();
        Assert.Equal("02:00:00:00:80:99", host.Mac);
        host.Until("it is found where it is", () => host.Mac == mac, host.State.Resolve);
    });

    [KernelFact]
    public void What_was_not_told_is_found_by_the_next_look_at_all() => OnPair(host =>
    {
        host.State.Refresh([Server]);
        host.Until("the server has answered", () => host.Mac is not null);
        host.Machine.Ip("neigh", "replace", "192.168.80.2", "dev", "eth0", "lladdr", "02:00:00:00:80:99", "nud", "permanent");
        Assert.True(host.State.Refresh([Server]));
        Assert.Equal("02:00:00:00:80:99", host.Mac);
        Assert.True(host.State.Refresh([]));
        Assert.Null(host.Mac);
    });

    [KernelFact]
    public void A_round_finds_what_was_not_told_some_servers_at_a_time_and_ends() => OnPair(host =>
    {
        IpAddress128[] servers = [.. Enumerable.Range(2, 200).Select(number => IpAddress128.FromV4(Server.V4 - 2 + (uint)number))];
        host.State.Refresh(servers);
        host.Until("the server has answered", () => host.Mac is not null);
        var own = host.State.OwnAddresses;
        host.Machine.Ip("neigh", "replace", "192.168.80.2", "dev", "eth0", "lladdr", "02:00:00:00:80:99", "nud", "permanent");
        host.Machine.Ip("route", "add", "192.168.80.150/32", "via", "192.168.80.7");
        Assert.False(host.State.BeginRound(servers));
        Assert.Same(own, host.State.OwnAddresses);

        var (steps, changed) = (0, 0);
        for (; host.State.IsInRound; steps++) changed += host.State.StepRound() ? 1 : 0;
        Assert.InRange(steps, 2, servers.Length - 1);
        Assert.Equal(2, changed);
        Assert.Equal("02:00:00:00:80:99", host.Mac);
        Assert.Equal(IpAddress128.Parse("192.168.80.7"), host.NextHops.RouteTo(IpAddress128.Parse("192.168.80.150"))?.Neighbour);
    });

    [KernelFact]
    public void A_server_that_is_this_host_itself_is_told_apart_and_its_addresses_are_known() => OnPair(host =>
    {
        var own = IpAddress128.Parse("192.168.80.1");
        var loopback = IpAddress128.Parse("127.0.0.1");
        Assert.True(host.State.Refresh([Server, own, loopback]));
        Assert.True(host.NextHops.Own.ToHashSet().SetEquals([own, loopback]));
        Assert.Contains(own, host.State.OwnAddresses);
        Assert.DoesNotContain(Server, host.State.OwnAddresses);

        host.Machine.Ip("address", "add", "192.168.80.9/32", "dev", "eth0");
        Assert.True(host.State.Refresh([Server, own]));
        Assert.Contains(IpAddress128.Parse("192.168.80.9"), host.State.OwnAddresses);
        Assert.Equal(own, Assert.Single(host.NextHops.Own));
    });

    private static void OnPair(Action<Host> test) => RouteSocketTests.OnPair((socket, left, right) =>
    {
        left.AddAddress("eth0", "192.168.80.1/24");
        right.AddAddress("eth0", "192.168.80.2/24");
        using var host = new Host(socket, left);
        test(host);
    });

    /// <summary>The director's side of the wire, as the control loop has it.</summary>
    private sealed class Host : IDisposable
    {
        private readonly RouteMonitor _monitor = new(RouteGroups.All);
        private readonly NextHopTable _nextHops = new();
        private readonly RouteSocket _socket;
        private readonly LinkEntry _link;

        public Host(RouteSocket socket, NetworkNamespace machine)
        {
            (_socket, Machine, _link) = (socket, machine, RouteSocketTests.Link(socket, "eth0"));
            _nextHops.SetDevices([new(_link.Index, _link.Name, _link.Address, _link.Mtu)]);
            State = new(_nextHops, NullLogger.Instance);
        }

        public NextHopTable NextHops => _nextHops;

        public NetworkNamespace Machine { get; }

        public RouteState State { get; }

        /// <summary>What the kernel knows of the server.</summary>
        public NeighbourEntry? Kernel => _socket.FindNeighbour(_link.Index, Server);

        /// <summary>Where the datapath would send what is for the server.</summary>
        public string? Mac => _nextHops.Find(Server)?.Destination.ToString();

        public void Hear()
        {
            while (_monitor.TryRead(out var change)) State.Apply(change);
        }

        /// <summary>Hears the kernel, and does what is done each second more often, until it is so.</summary>
        public void Until(string what, Func<bool> condition, Func<bool>? everySecond = null)
        {
            for (var waited = Stopwatch.StartNew(); !condition(); Hear())
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), $"not yet: {what}");
                _monitor.Wait(TimeSpan.FromMilliseconds(50));
                everySecond?.Invoke();
            }
        }

        public void Dispose()
        {
            State.Dispose();
            _monitor.Dispose();
        }
    }
}
