using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Net;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.PacketMmap;

/// <summary>
/// The program at a device's entry into the host's stack. Packet sockets have had their copy by then (Linux net/core/dev.c,
/// <c>__netif_receive_skb_core</c>: taps before ingress), so what user space balances (<see cref="SteeringRule"/>) ends here, whether
/// somebody serves it or not: the host would answer with a reset.
/// </summary>
internal static class ShieldProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "director_shield";

    /// <summary>TC_ACT_SHOT (Linux include/uapi/linux/pkt_cls.h): the packet ends.</summary>
    public const int Drop = 2;

    /// <summary>TC_ACT_UNSPEC, which is TCX_NEXT too: the next program is asked, and after the last the packet goes on.</summary>
    public const int Next = -1;

    /// <summary>Assembles the program for a device of address <paramref name="mac"/> around maps given by their descriptors.</summary>
    public static ulong[] Assemble(MacAddress mac, int vips, int places, int counters)
    {
        var code = new Assembler();
        var steer = code.NewLabel();
        var leave = code.NewLabel();
        var count = code.NewLabel();
        SteeringRule.Emit(code, new PacketFrameReader(), mac, vips, places, steer, leave);

        code.Mark(steer);
        code.Move(R6, Drop);
        code.Jump(count);
        code.Mark(leave);
        code.Move(R6, Next);
        code.Mark(count);
        SteeringRule.EmitCountAndExit(code, counters);
        return code.Assemble();
    }
}
