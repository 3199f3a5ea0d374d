using System.Diagnostics;
using Director.Datapath.Forwarding;
using Director.Datapath.Offload;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Lab.Namespaces;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Director.Net;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;

namespace Director.Tests.Conformance.Replay;

/// <summary>
/// The path through real veth links and one of the kernel's ways to user space, or past it, with flows offloaded. One for many scenarios.
/// </summary>
internal sealed class WirePath : IPacketPath, IDisposable
{
    private const int OffloadedFlows = 1 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NamespaceSet _set = new();
    private readonly RecordingHost _host = new();
    private readonly FrameBatch _batch = new();
    private readonly Steering _steering;
    private readonly IFramePort _port;
    private readonly Func<int, SteeringCounts> _counts;
    private readonly Wire[] _wires;
    private readonly FlowMaps? _maps;
    private readonly ProgramGrace? _grace;

    private WirePath(bool xdp, bool offload = false)
    {
        if (offload) (_maps, _grace) = (FlowMaps.Create(OffloadedFlows, 1), ProgramGrace.Create());
        var director = _set.Create("director", ipv6: true);
        var outside = _set.Create("outside");
        StageLinks.Make(director, outside);
        for (var link = 0; link < Stage.Links; link++)
        {
            Veth.SwitchOffloadsOff(director, Stage.DeviceOf(link));
            Veth.SwitchOffloadsOff(outside, Stage.NameOf(link));
            // What XDP sends by a veth arrives only if its peer is polled.
            if (offload) outside.Run("ethtool", "-K", Stage.NameOf(link), "gro", "on");
        }

        (_steering, _port) = NamespaceThread.Run(director, () =>
        {
            var steering = Steering.Create(_maps);
            for (var link = 0; link < Stage.Links; link++)
            {
                var device = XdpDevice.Open(Stage.DeviceOf(link));
                if (xdp) steering.Attach(device, XdpMode.Native);
                else steering.Tap(device);
            }

            IFramePort port = xdp
                ? XskPort.Open(steering.Devices, 0, 1, new XskOptions { RingEntries = 64 }, _host)
                : PacketPort.Open(steering.Taps, 1, new PacketOptions(), _host);
            return (steering, port);
        });
        _counts = xdp ? link => _steering.Devices[link].Counts() : link => _steering.Taps[link].Counts();
        _wires = [.. Enumerable.Range(0, Stage.Links).Select(link => Wire.Open(outside, Stage.NameOf(link)))];
    }

    /// <summary>By the steering program and AF_XDP sockets.</summary>
    public static WirePath ThroughXdp() => new(true);

    /// <summary>The same with the programs sending on by themselves what is established, after <see cref="BeginOffload"/>.</summary>
    public static WirePath ThroughXdpOffloaded() => new(true, offload: true);

    /// <summary>By taps, shields and AF_PACKET sockets.</summary>
    public static WirePath ThroughPackets() => new(false);

    /// <inheritdoc/>
    public FlowTable? Flows { get; private set; }

    /// <summary>Packets that the programs have sent on.</summary>
    public long Offloaded => _steering.Devices.Sum(device => (long)device.Counts()[SteeringCounter.Offloaded]);

    /// <summary>A scenario begins: no flow is known, and each is opened by its first packet that may.</summary>
    public void BeginOffload()
    {
        Flows?.Dispose();
        var memory = _maps!.Memory;
        FrameMemory.Bytes(memory.SlotsV4, FlowLayout.SlotsFor(memory.CapacityV4) * FlowLayout.SlotSizeV4).Clear();
        FrameMemory.Bytes(memory.SlotsV6, FlowLayout.SlotsFor(memory.CapacityV6) * FlowLayout.SlotSizeV6).Clear();
        FrameMemory.Bytes(memory.Clock, sizeof(uint)).Clear();
        Flows = new(memory, _grace!, _maps.Hash.Seed, openAfter: 0);
        for (ushort ingress = 0; ingress < Stage.Links; ingress++)
            for (ushort egress = 0; egress < Stage.Links; egress++) Flows.Allow(ingress, egress, true);
    }

    public void Serve(ForwardingTable table)
    {
        _steering.Steer(table);
        foreach (var vip in _steering.Vips.Vips) _steering.Vips.Disarm(vip);
        foreach (var service in table.Steered) _steering.Vips.Arm(service.Virtual.Address);
    }

    public string Send(int link, byte[] frame, Forwarder forwarder, ForwardingTable table, MonoTime now)
    {
        foreach (var wire in _wires) wire.Rest(_ => true);
        _host.Packets.Clear();
        Flows?.Tell(Ticks.At(now));
        var before = _counts(link);
        _wires[link].Send(frame);
        var counter = CountedAs(link, before);
        if (counter is SteeringCounter.Unserved) return Outcome.Nothing;
        if (counter is SteeringCounter.Offloaded) return Outcome.Of(frame, false, [ArrivedAnywhere()]);
        if (!counter.ToString().StartsWith(nameof(SteeringCounter.Redirected), StringComparison.Ordinal)) return Outcome.Host;

        while (_port.Receive(_batch) == 0) _port.Wait(Patience);
        forwarder.Process(_batch, table, now);
        var links = new List<int>();
        for (var i = 0; i < _batch.Count; i++)
        {
            if (_batch[i].Verdict == Verdict.Forward) links.Add(_batch[i].Egress);
            else if (_batch[i].Verdict == Verdict.Reply) links.Add(_batch[i].Ingress);
        }

        _port.Commit(_batch);
        return Outcome.Of(frame, _host.Packets.Count > 0, links.Select(egress => (egress, Arrived(egress))));
    }

    public void Dispose()
    {
        foreach (var wire in _wires) wire.Dispose();
        _port.Dispose();
        _steering.Dispose();
        Flows?.Dispose();
        _grace?.Dispose();
        _maps?.Dispose();
        _set.Dispose();
    }

    /// <summary>What was made of the frame just sent before any socket got it.</summary>
    private SteeringCounter CountedAs(int link, SteeringCounts before)
    {
        SteeringCounts after;
        do after = _counts(link);
        while (after.Total == before.Total);
        return Enum.GetValues<SteeringCounter>().Single(counter => after[counter] != before[counter]);
    }

    /// <summary>What the program sent, and the link that it went by.</summary>
    private (int Link, byte[] Frame) ArrivedAnywhere()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience;)
            for (var link = 0; link < _wires.Length; link++)
                if (_wires[link].Rest(Stage.IsPacket) is [var frame]) return (link, frame);
        throw new TimeoutException("what the program sent arrived nowhere");
    }

    private byte[] Arrived(int link) => _wires[link].Collect(1, Stage.IsPacket) is [var frame]
        ? frame
        : throw new TimeoutException($"nothing arrived at {Stage.NameOf(link)}");
}
