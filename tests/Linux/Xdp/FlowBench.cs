using System.Runtime.InteropServices;
using Director.Datapath.Offload;
using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Net;

namespace Director.Tests.Linux.Xdp;

/// <summary>
/// The steering program with the stage for offloaded flows in front, on maps of its own, to be run on frames without a device. Behind the
/// stage nothing is armed: what it leaves alone is passed.
/// </summary>
internal sealed unsafe class FlowBench : IDisposable
{
    public const int Flows = 1 << 10;
    public const ulong Seed = 0x0123_4567_89ab_cdef;

    /// <summary>The number of a device that is there, and of one that is not.</summary>
    public const ushort Egress = 3, NoEgress = 4;

    public static readonly MacAddress Own = ProgramBench.Own;
    public static readonly MacAddress ServerMac = SteeredNet.ServerMac;
    public static readonly MacAddress EgressMac = SteeredNet.BackMac;

    private readonly BpfMap<SteeringKey, uint> _places = BpfMap<SteeringKey, uint>.Create(BpfMapType.Hash, "bench_places", 64);
    private readonly ServedVlans _vlans = ServedVlans.Create([]);
    private readonly BpfMap<uint, uint> _sockets = BpfMap<uint, uint>.Create(BpfMapType.XskMap, "bench_xsks", 4);
    private readonly SteeringCounterMap _counters = SteeringCounterMap.Create();
    private readonly VipMap _vips = VipMap.Create(8);
    private readonly BpfProgram _program;

    public FlowBench()
    {
        _program = BpfProgram.Load(SteeringProgram.Name, SteeringProgram.Assemble(
            Own, _vips.Handle, _places.Descriptor, _vlans.Descriptor, _sockets.Descriptor, _counters.Descriptor, Maps));
        // The loopback device, the first of every namespace: what is sent to it in a test run goes nowhere.
        Maps.SetDevice(Egress, 1);
    }

    public FlowMaps Maps { get; } = FlowMaps.Create(Flows, Seed);

    /// <summary>The time that the workers keep.</summary>
    public uint Clock
    {
        set => *(uint*)Maps.Memory.Clock = value;
    }

    public SteeringCounts Counts() => _counters.Read();

    /// <summary>The tail of a slot, counted from the first of the flow's window.</summary>
    public ref FlowTail Tail(in FlowKey key, int place = 0) => ref Tail(Maps, key, place);

    /// <summary>Opens a flow as a worker does, in a slot of its window.</summary>
    public ref FlowTail Open(in FlowKey key, int place = 0) => ref Open(key, key, place);

    /// <summary>The same in a slot of another flow's window.</summary>
    public ref FlowTail Open(in FlowKey flow, in FlowKey key, int place)
    {
        ref var tail = ref Open(Maps, flow, key, place, Egress);
        tail.Generation = Gate(tail.Gate);
        return ref tail;
    }

    /// <summary>The same in maps of somebody else's, by which it leaves for the server of <see cref="SteeredNet"/>.</summary>
    public static void Open(FlowMaps maps, in FlowKey key, ushort egress) => Open(maps, key, key, 0, egress);

    public ref uint Gate(uint gate) => ref ((uint*)Maps.Memory.Gates)[gate];

    /// <summary>What becomes of a frame.</summary>
    public (XdpVerdict Verdict, byte[] Frame) Run(ReadOnlySpan<byte> frame)
    {
        var after = new byte[frame.Length];
        var (result, length) = _program.TestRun(frame, after);
        Assert.Equal(frame.Length, length);
        return ((XdpVerdict)result, after);
    }

    public void Dispose()
    {
        _program.Dispose();
        _vips.Dispose();
        _counters.Dispose();
        _sockets.Dispose();
        _vlans.Dispose();
        _places.Dispose();
        Maps.Dispose();
    }

    private static ref FlowTail Open(FlowMaps maps, in FlowKey flow, in FlowKey key, int place, ushort egress)
    {
        var words = (ulong*)Slot(maps, key, place);
        ReadOnlySpan<ulong> name = flow.IsV4 ? [flow.Word0, flow.Last] : [flow.Word0, flow.Word1, flow.Word2, flow.Word3, flow.Last];
        name.CopyTo(new Span<ulong>(words, name.Length));
        Span<byte> macs = stackalloc byte[12];
        ServerMac.WriteTo(macs);
        EgressMac.WriteTo(macs[6..]);
        ref var tail = ref Tail(maps, key, place);
        (tail.MacsLow, tail.MacsHigh) = (MemoryMarshal.Read<ulong>(macs), MemoryMarshal.Read<uint>(macs[8..]));
        (tail.Longest, tail.Egress, tail.Gate, tail.Generation) = (1500, egress, 7, 0);
        tail.Open = maps.Epoch.Now;
        return ref tail;
    }

    private static ref FlowTail Tail(FlowMaps maps, in FlowKey key, int place) =>
        ref *(FlowTail*)(Slot(maps, key, place) + (key.IsV4 ? FlowLayout.TailAtV4 : FlowLayout.TailAtV6));

    private static nint Slot(FlowMaps maps, in FlowKey key, int place) => key.IsV4
        ? maps.Memory.SlotsV4 + ((nint)(maps.Hash.FirstOf(key, maps.Memory.CapacityV4) + place) * FlowLayout.SlotSizeV4)
        : maps.Memory.SlotsV6 + ((nint)(maps.Hash.FirstOf(key, maps.Memory.CapacityV6) + place) * FlowLayout.SlotSizeV6);
}
