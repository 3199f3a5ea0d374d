using Director.Linux.Bpf;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Linux.Vrrp;

/// <summary>
/// The socket filter of a receiver: of a flood of datagrams for virtual routers that nobody runs here, or that have been routed, nothing
/// reaches the process but the count, and one a second where somebody wants to know. It also writes down who sent the last one that did
/// pass, with the Ethernet address, which a raw socket does not tell.
/// </summary>
internal static class AdvertFilterProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "director_vrrp";

    private const long BetweenSamples = 1_000_000_000;
    private const int FromMac = 0;
    private const int FromNetwork = 1;
    private const byte RightTimeToLive = 255;

    // Places below the frame pointer.
    private const int Mac = -8;
    private const int Source = -24;
    private const int Header = -48;
    private const int Message = -56;
    private const int HopLimit = -64;

    /// <summary>Assembles the filter of a socket of that kind around its memory, given by its descriptor.</summary>
    public static ulong[] Assemble(bool isV6, bool isUnicast, int memory)
    {
        var code = new Assembler();
        var pass = code.NewLabel();
        var drop = code.NewLabel();
        var sample = code.NewLabel();
        var take = code.NewLabel();
        var noMac = code.NewLabel();
        var hasMac = code.NewLabel();
        code.Move(R6, R1);
        code.Store(64, Frame, Mac, 0);
        code.Store(64, Frame, Source, 0);
        code.Store(64, Frame, Source + 8, 0);
        if (isV6) LoadV6(code, pass);
        else LoadV4(code, pass);

        code.LoadMapValue(R7, memory);
        code.Load(8, R1, Frame, Message + 1);
        code.Move(R2, AdvertFilterEntry.Size);
        code.Multiply(R1, R2);
        code.Add(R7, R1);
        code.Load(64, R2, R7, AdvertFilterEntry.InterestAt);
        code.JumpIf(R2, Equal, (int)AdvertInterest.None, drop);
        code.JumpIf(R2, NotEqual, (int)AdvertInterest.All, sample);
        if (!isUnicast) code.JumpIf(R8, NotEqual, RightTimeToLive, sample);
        code.Jump(take);

        code.Mark(sample);
        code.Call(BpfHelper.MonotonicTime);
        code.Load(64, R1, R7, AdvertFilterEntry.SampledAt);
        code.Move(R2, R0);
        code.Subtract(R2, R1);
        code.JumpIf(R2, Below, (int)BetweenSamples, drop);
        code.Store(64, R7, AdvertFilterEntry.SampledAt, R0);

        code.Mark(take);
        LoadRelative(code, 6, Mac, 6, FromMac);
        code.JumpIf(R0, NotEqual, 0, noMac);
        code.Load(64, R1, Frame, Mac);
        code.Jump(hasMac);
        code.Mark(noMac);
        code.Move(R1, 0);
        code.Mark(hasMac);
        code.Store(64, R7, AdvertFilterEntry.MacAt, R1);
        code.Load(64, R1, Frame, Source);
        code.Store(64, R7, AdvertFilterEntry.SourceAt, R1);
        code.Load(64, R1, Frame, Source + 8);
        code.Store(64, R7, AdvertFilterEntry.SourceAt + 8, R1);

        code.Mark(pass);
        code.Move(R0, int.MaxValue);
        code.Exit();

        code.Mark(drop);
        code.Move(R1, 1);
        code.AddAtomically(R7, AdvertFilterEntry.DroppedAt, R1);
        code.Move(R0, 0);
        code.Exit();
        return code.Assemble();
    }

    /// <summary>An IPv4 socket's filter sees the datagram from its header on.</summary>
    private static void LoadV4(Assembler code, BpfLabel tooShort)
    {
        Load(code, Header, 20, tooShort, () => code.Move(R2, 0));
        code.Load(32, R1, Frame, Header + 12);
        code.Store(32, Frame, Source, R1);
        code.Load(8, R8, Frame, Header + 8);
        Load(code, Message, 2, tooShort, () =>
        {
            code.Load(8, R2, Frame, Header);
            code.And(R2, 0xf);
            code.ShiftLeft(R2, 2);
        });
    }

    /// <summary>An IPv6 socket's filter sees what follows the headers; those are to be asked for.</summary>
    private static void LoadV6(Assembler code, BpfLabel tooShort)
    {
        Load(code, Message, 2, tooShort, () => code.Move(R2, 0));
        LoadRelative(code, 8, Source, 16, FromNetwork);
        code.JumpIf(R0, NotEqual, 0, tooShort);
        LoadRelative(code, 7, HopLimit, 1, FromNetwork);
        code.JumpIf(R0, NotEqual, 0, tooShort);
        code.Load(8, R8, Frame, HopLimit);
    }

    private static void Load(Assembler code, int to, int length, BpfLabel tooShort, Action offset)
    {
        offset();
        code.Move(R1, R6);
        code.Move(R3, Frame);
        code.Add(R3, to);
        code.Move(R4, length);
        code.Call(BpfHelper.LoadBytes);
        code.JumpIf(R0, NotEqual, 0, tooShort);
    }

    private static void LoadRelative(Assembler code, int offset, int to, int length, int start)
    {
        code.Move(R1, R6);
        code.Move(R2, offset);
        code.Move(R3, Frame);
        code.Add(R3, to);
        code.Move(R4, length);
        code.Move(R5, start);
        code.Call(BpfHelper.LoadBytesRelative);
    }
}
