using Director.Linux.Bpf;
using Director.Linux.Xdp;

namespace Director.Perf.Topology;

/// <summary>
/// An XDP program that passes everything to the stack: a veth takes live frames only if its peer has one, or GRO, which costs more.
/// </summary>
internal static class PassProgram
{
    /// <summary>Puts it on the engine's device that frames come in by.</summary>
    public static IDisposable Attach(PerfNet net)
    {
        var code = new Assembler();
        code.Move(BpfRegister.R0, (int)XdpVerdict.Pass);
        code.Exit();
        using var program = BpfProgram.Load("perf_pass", code.Assemble());
        return NamespaceThread.Run(net.Engine, () => XdpLink.Create(XdpDevice.Open(PerfNet.In), program, XdpMode.Native));
    }
}
