using Director.Linux.Bpf;
using Director.Net;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Xdp;

/// <summary>
/// The XDP program of one device. It sends what user space balances (<see cref="SteeringRule"/>) to the AF_XDP socket of the frame's
/// queue. While nobody serves the queue such frames are dropped, not passed: the host would answer with a reset. Packets of offloaded
/// flows it sends on itself (<see cref="FlowStage"/>).
/// </summary>
internal static class SteeringProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "director_steer";

    // struct xdp_md.
    private const int ContextRxQueue = 16;

    /// <summary>Assembles the program for a device of address <paramref name="mac"/> around maps given by their descriptors.</summary>
    /// <param name="mac">The device's own address.</param>
    /// <param name="vips">The armed VIPs.</param>
    /// <param name="places">Services, masqueraded servers and own addresses.</param>
    /// <param name="vlans">VLANs that are served.</param>
    /// <param name="sockets">AF_XDP sockets by queue.</param>
    /// <param name="counters">The device's counters.</param>
    /// <param name="flows">Offloaded flows; null if nothing is offloaded.</param>
    public static ulong[] Assemble(
        MacAddress mac, int vips, int places, int vlans, int sockets, int counters, FlowMaps? flows = null)
    {
        var code = new Assembler();
        if (flows is not null) FlowStage.Emit(code, mac, flows, counters);
        var steer = code.NewLabel();
        var leave = code.NewLabel();
        var count = code.NewLabel();
        SteeringRule.Emit(code, new XdpFrameReader(vlans), mac, vips, places, steer, leave);

        code.Mark(steer);
        code.LoadMap(R1, sockets);
        code.Load(32, R2, R6, ContextRxQueue);
        code.Move(R3, (int)XdpVerdict.Drop);
        code.Call(BpfHelper.RedirectMap);
        code.Move(R6, R0);
        code.JumpIf(R6, Equal, (int)XdpVerdict.Redirect, count);
        code.Move(R9, (int)SteeringCounter.Unserved);
        code.Jump(count);

        code.Mark(leave);
        code.Move(R6, (int)XdpVerdict.Pass);
        code.Mark(count);
        SteeringRule.EmitCountAndExit(code, counters);
        return code.Assemble();
    }
}
