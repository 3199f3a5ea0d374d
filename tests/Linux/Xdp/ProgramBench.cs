using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Director.Net;
using Tmds.Linux;

namespace Director.Tests.Linux.Xdp;

/// <summary>The steering program and the shield with maps of their own, to be run on frames without a device.</summary>
internal sealed class ProgramBench : IDisposable
{
    public static readonly MacAddress Own = SteeredNet.FrontMac;

    /// <summary>The one VLAN that is served.</summary>
    public const ushort Vlan = 20;

    private readonly BpfMap<SteeringKey, uint> _places = BpfMap<SteeringKey, uint>.Create(BpfMapType.Hash, "bench_places", 64);
    private readonly ServedVlans _vlans = ServedVlans.Create([Vlan]);
    private readonly BpfMap<uint, uint> _sockets = BpfMap<uint, uint>.Create(BpfMapType.XskMap, "bench_xsks", 4);
    private readonly BpfMap<uint, ulong> _counters =
        BpfMap<uint, ulong>.Create(BpfMapType.PerCpuArray, "bench_count", Enum.GetValues<SteeringCounter>().Length);
    private readonly BpfProgram _program;
    private readonly BpfProgram _shield;
    private readonly FileDescriptor _socket = new(LibC.socket(XdpAbi.AF_XDP, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, 0));

    public ProgramBench()
    {
        _program = BpfProgram.Load(SteeringProgram.Name,
            SteeringProgram.Assemble(
                Own, Vips.Handle, _places.Descriptor, _vlans.Descriptor, _sockets.Descriptor, _counters.Descriptor));
        _shield = BpfProgram.Load(ShieldProgram.Name,
            ShieldProgram.Assemble(Own, Vips.Handle, _places.Descriptor, _counters.Descriptor), BpfProgramType.Classifier);
    }

    public VipMap Vips { get; } = VipMap.Create(8);

    /// <summary>Whether a socket stands for the queue that test frames come by.</summary>
    public bool IsServed
    {
        set
        {
            if (value) _sockets.Set(0, (uint)_socket.Value);
            else _sockets.Remove(0);
        }
    }

    public void AddService(ServiceKey service) => _places.Set(new(service), 1);

    public void AddServer(IpProtocol protocol, Endpoint server)
    {
        _places.Set(SteeringKey.OfServer(protocol, server), 1);
        _places.Set(SteeringKey.OfServerAddress(server.Address), 1);
    }

    public void AddOwn(IpAddress128 address) => _places.Set(SteeringKey.OfOwn(address), 1);

    public XdpVerdict Run(ReadOnlySpan<byte> frame) => (XdpVerdict)_program.TestRun(frame).Result;

    /// <summary>What the shield says: <see cref="ShieldProgram.Drop"/> or <see cref="ShieldProgram.Next"/>.</summary>
    public int RunShield(ReadOnlySpan<byte> frame) => (int)_shield.TestRun(frame).Result;

    public uint NanosecondsOf(ReadOnlySpan<byte> frame, int repeat) => _program.TestRun(frame, repeat).Nanoseconds;

    /// <summary>Runs the frame and says by which counter it left; fails unless exactly one moved, by one.</summary>
    public (XdpVerdict Verdict, SteeringCounter Counter) Judge(ReadOnlySpan<byte> frame)
    {
        var before = Counts();
        var verdict = Run(frame);
        var after = Counts();
        var moved = Enum.GetValues<SteeringCounter>().Where(counter => after[(int)counter] != before[(int)counter]).ToList();
        var counter = Assert.Single(moved);
        Assert.Equal(before[(int)counter] + 1, after[(int)counter]);
        return (verdict, counter);
    }

    public ulong[] Counts()
    {
        var parts = new ulong[Processors.Possible];
        return [.. Enum.GetValues<SteeringCounter>().Select(counter =>
        {
            _counters.GetPerCpu((uint)counter, parts);
            return parts.Aggregate(0ul, (sum, part) => sum + part);
        })];
    }

    public void Dispose()
    {
        _program.Dispose();
        _shield.Dispose();
        _socket.Dispose();
        _counters.Dispose();
        _sockets.Dispose();
        _vlans.Dispose();
        _places.Dispose();
        Vips.Dispose();
    }
}
