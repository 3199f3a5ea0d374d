using Director.Linux.Bpf;
using Director.Linux.Xdp;
using Director.Net;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.PacketMmap;

/// <summary>
/// The filter of a packet socket: it gets whole what user space balances (<see cref="SteeringRule"/>), and nothing else; least of all
/// what leaves by the device.
/// </summary>
internal static class TapProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "director_tap";

    private const int PACKET_OUTGOING = 4;
    private const int Whole = -1;

    /// <summary>Assembles the filter for a device of address <paramref name="mac"/> around maps given by their descriptors.</summary>
    public static ulong[] Assemble(MacAddress mac, int vips, int places)
    {
        var code = new Assembler();
        var steer = code.NewLabel();
        var leave = code.NewLabel();
        code.Load(32, R2, R1, PacketFrameReader.ContextPacketType);
        code.JumpIf(R2, Equal, PACKET_OUTGOING, leave);
        SteeringRule.Emit(code, new PacketFrameReader(), mac, vips, places, steer, leave);

        code.Mark(steer);
        code.Move(R0, Whole);
        code.Exit();
        code.Mark(leave);
        code.Move(R0, 0);
        code.Exit();
        return code.Assemble();
    }
}
