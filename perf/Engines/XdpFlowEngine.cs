using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Perf.Measurement;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>The program <see cref="XdpFlowProgram"/> on the device that frames come in by.</summary>
internal sealed class XdpFlowEngine : IEngine
{
    private readonly XdpLink _link;

    private XdpFlowEngine(XdpLink link) => _link = link;

    /// <inheritdoc/>
    public string? Trouble => _link.IsAttached ? null : "the XDP program is gone from its device";

    /// <summary>Starts it.</summary>
    public static IEngine Start(PerfNet net, PerfOptions options, Cell cell)
    {
        // The program keeps the maps.
        using var flows = BpfMap<(ulong, ulong), (ulong, ulong)>.Create(BpfMapType.LruHash, "perf_flows", Capacity.InKernel(cell));
        using var devices = BpfMap<uint, uint>.Create(BpfMapType.DevMap, "perf_out", 1);
        var code = XdpFlowProgram.Assemble(PerfNet.Service, PerfNet.ServerMac, PerfNet.OutMac, flows.Descriptor, devices.Descriptor);
        using var program = BpfProgram.Load(XdpFlowProgram.Name, code);
        return NamespaceThread.Run(net.Engine, () =>
        {
            devices.Set(0, (uint)XdpDevice.Open(PerfNet.Out).Index);
            return new XdpFlowEngine(XdpLink.Create(XdpDevice.Open(PerfNet.In), program, XdpMode.Native));
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();
}
