using System.Buffers.Binary;
using Director.Linux.Bpf;
using Director.Net;
using Director.Net.Wire;
using Director.Perf.Traffic;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Perf.Engines;

/// <summary>
/// What XDP can do at best for a balancer that keeps its flows: five fields looked up in an LRU hash, both MAC addresses written, a hop
/// less, and out by a device map. A flow that it does not know it enters by itself, all to one server: nothing is scheduled, tracked or
/// counted.
/// </summary>
internal static class XdpFlowProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "perf_flows";

    /// <summary>Bytes of a flow's key: addresses, ports, protocol.</summary>
    public const int KeySize = 16;

    private const int EtherTypeAt = 12;
    private const int TimeToLive = FrameTemplate.Ip + 8, Protocol = FrameTemplate.Ip + 9, HeaderChecksum = FrameTemplate.Ip + 10;
    private const int FlagsAndOffset = FrameTemplate.Ip + 6, Source = FrameTemplate.Ip + 12, Destination = FrameTemplate.Ip + 16;
    private const int Ports = FrameTemplate.Tcp;
    private const byte PlainHeader = 0x45;
    private const ushort FragmentMask = 0x3fff;

    private const int Key = -KeySize;
    private const int Value = Key - 16;

    /// <summary>Assembles it.</summary>
    /// <param name="service">What it balances.</param>
    /// <param name="server">The server's MAC address.</param>
    /// <param name="own">That of the device out.</param>
    /// <param name="flows">
    /// LRU hash of keys of <see cref="KeySize"/> bytes to values of 16: both MAC addresses and the device's number.
    /// </param>
    /// <param name="devices">Device map whose entry 0 is the way out.</param>
    public static ulong[] Assemble(Endpoint service, MacAddress server, MacAddress own, int flows, int devices)
    {
        var code = new Assembler();
        var (pass, known) = (code.NewLabel(), code.NewLabel());
        ReadKey(code, service, pass);
        code.LoadMap(R1, flows);
        code.Move(R2, Frame);
        code.Add(R2, Key);
        code.Call(BpfHelper.MapLookup);
        code.Move(R7, R0);
        code.JumpIf(R7, NotEqual, 0, known);
        Learn(code, server, own, flows);
        code.Mark(known);
        Rewrite(code);
        code.LoadMap(R1, devices);
        code.Load(32, R2, R7, 2 * MacAddress.Size);
        code.Move(R3, (int)XdpVerdict.Aborted);
        code.Call(BpfHelper.RedirectMap);
        code.Exit();
        code.Mark(pass);
        code.Move(R0, (int)XdpVerdict.Pass);
        code.Exit();
        return code.Assemble();
    }

    // r6: the frame, whose headers are there and plain.
    private static void ReadKey(Assembler code, Endpoint service, BpfLabel pass)
    {
        FrameBounds.Begin(code, FrameTemplate.Headers, pass);
        code.Load(16, R2, R6, EtherTypeAt);
        code.JumpIf(R2, NotEqual, Network((ushort)EtherType.Ipv4), pass);
        code.Load(8, R2, R6, FrameTemplate.Ip);
        code.JumpIf(R2, NotEqual, PlainHeader, pass);
        code.Load(16, R2, R6, FlagsAndOffset);
        code.JumpIf(R2, AnyBitOf, Network(FragmentMask), pass);
        code.Load(8, R2, R6, TimeToLive);
        code.JumpIf(R2, BelowOrEqual, 1, pass);
        code.Load(8, R5, R6, Protocol);
        code.JumpIf(R5, NotEqual, (int)IpProtocol.Tcp, pass);
        code.Load(32, R4, R6, Destination);
        code.JumpIf32(R4, NotEqual, BinaryPrimitives.ReverseEndianness((int)service.Address.V4), pass);
        code.Load(16, R2, R6, Ports + 2);
        code.JumpIf(R2, NotEqual, Network(service.Port), pass);
        code.Load(32, R3, R6, Source);
        code.Load(32, R2, R6, Ports);
        code.Store(32, Frame, Key, R3);
        code.Store(32, Frame, Key + 4, R4);
        code.Store(32, Frame, Key + 8, R2);
        code.Store(32, Frame, Key + 12, R5);
    }

    // r7: the value, in the map as on the stack.
    private static void Learn(Assembler code, MacAddress server, MacAddress own, int flows)
    {
        Span<byte> value = stackalloc byte[16];
        value.Clear();
        server.WriteTo(value);
        own.WriteTo(value[MacAddress.Size..]);
        for (var at = 0; at < value.Length; at += 4)
            code.Store(32, Frame, Value + at, BinaryPrimitives.ReadInt32LittleEndian(value[at..]));
        code.LoadMap(R1, flows);
        code.Move(R2, Frame);
        code.Add(R2, Key);
        code.Move(R3, Frame);
        code.Add(R3, Value);
        code.Move(R4, 0);
        code.Call(BpfHelper.MapUpdate);
        code.Move(R7, Frame);
        code.Add(R7, Value);
    }

    // As ip_decrease_ttl (Linux include/net/ip.h) has it: the sum of the high byte's word grows by what the TTL shrinks.
    private static void Rewrite(Assembler code)
    {
        code.Load(64, R2, R7, 0);
        code.Store(64, R6, 0, R2);
        code.Load(32, R2, R7, 8);
        code.Store(32, R6, 8, R2);
        code.Load(8, R2, R6, TimeToLive);
        code.Add(R2, -1);
        code.Store(8, R6, TimeToLive, R2);
        var whole = code.NewLabel();
        code.Load(16, R2, R6, HeaderChecksum);
        code.Add(R2, 1);
        code.JumpIf(R2, Below, ushort.MaxValue, whole);
        code.Add(R2, 1);
        code.Mark(whole);
        code.Store(16, R6, HeaderChecksum, R2);
    }

    private static int Network(ushort value) => BinaryPrimitives.ReverseEndianness(value);
}
