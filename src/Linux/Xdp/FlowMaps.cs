using Director.Datapath.Offload;
using Director.Datapath.Tables;
using Director.Linux.Bpf;

namespace Director.Linux.Xdp;

/// <summary>
/// What the XDP programs of all devices and the workers have in common: the slots of offloaded flows, the servers' gates, the epoch, and
/// the devices that may be sent to. Owned by the main process. <see cref="Memory"/> is any thread's, the rest control's.
/// </summary>
public sealed class FlowMaps : IDisposable
{
    private readonly MappedArray _slotsV4;
    private readonly MappedArray _slotsV6;
    private readonly BpfMap<uint, uint> _devices;

    private FlowMaps(FlowEpoch epoch, MappedArray slotsV4, MappedArray slotsV6, BpfMap<uint, uint> devices, int flows, FlowHash hash)
    {
        (Epoch, _slotsV4, _slotsV6, _devices, Hash) = (epoch, slotsV4, slotsV6, devices, hash);
        Memory = new(slotsV4.Address, flows, slotsV6.Address, CapacityV6Of(flows), epoch.Gates, epoch.Address);
    }

    /// <summary>The memory as the workers see it.</summary>
    public FlowTableMemory Memory { get; }

    /// <summary>Where a flow stands in it.</summary>
    public FlowHash Hash { get; }

    /// <summary>The epoch, which closes all flows at once; its handle goes to the process that owns the addresses.</summary>
    public FlowEpoch Epoch { get; }

    /// <summary>Makes them, without flows.</summary>
    /// <param name="flows">Windows of IPv4 flows, a power of two; of IPv6 there are a quarter.</param>
    /// <param name="seed">Of the hash.</param>
    /// <exception cref="LinuxException">The process may not, the kernel is too old or has no memory for them.</exception>
    public static FlowMaps Create(int flows, ulong seed)
    {
        using var undo = new Undo();
        var epoch = undo.Add(FlowEpoch.Create());
        var slotsV4 = undo.Add(MappedArray.Create("director_flows4", BytesV4(flows)));
        var slotsV6 = undo.Add(MappedArray.Create("director_flows6", BytesV6(flows)));
        var devices = undo.Add(BpfMap<uint, uint>.Create(BpfMapType.DevMap, "director_ways", FlowLimits.MaxDevices));
        undo.Keep();
        return new(epoch, slotsV4, slotsV6, devices, flows, new(seed));
    }

    /// <summary>Has the kernel look at the stage that reads them, so that no device's program fails for it.</summary>
    /// <exception cref="LinuxException">It refuses that.</exception>
    public void Try()
    {
        using var counters = SteeringCounterMap.Create();
        var code = new Assembler();
        FlowStage.Emit(code, default, this, counters.Descriptor);
        code.Move(BpfRegister.R0, (int)XdpVerdict.Pass);
        code.Exit();
        BpfProgram.Load("director_try", code.Assemble()).Dispose();
    }

    /// <summary>Has flows that leave by device <paramref name="number"/> sent there.</summary>
    public void SetDevice(int number, int index) => _devices.Set((uint)number, (uint)index);

    /// <summary>Takes the memory out of this process; programs keep the maps. No worker may run any more.</summary>
    public void Dispose()
    {
        _devices.Dispose();
        _slotsV6.Dispose();
        _slotsV4.Dispose();
        Epoch.Dispose();
    }

    /// <summary>Descriptor of the map from device numbers to devices.</summary>
    internal int Devices => _devices.Descriptor;

    /// <summary>Descriptor of the array of IPv4 slots.</summary>
    internal int SlotsV4 => _slotsV4.Descriptor;

    /// <summary>Descriptor of the array of IPv6 slots.</summary>
    internal int SlotsV6 => _slotsV6.Descriptor;

    private static int CapacityV6Of(int flows) => Math.Max(2, flows / 4);

    private static int BytesV4(int flows) => FlowLayout.SlotsFor(flows) * FlowLayout.SlotSizeV4;

    private static int BytesV6(int flows) => FlowLayout.SlotsFor(CapacityV6Of(flows)) * FlowLayout.SlotSizeV6;
}
