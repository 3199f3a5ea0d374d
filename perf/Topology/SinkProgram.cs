using System.Buffers.Binary;
using System.Numerics;
using Director.Linux.Bpf;
using Director.Net;
using Director.Net.Wire;
using Director.Perf.Measurement;
using Director.Perf.Traffic;
using static Director.Linux.Bpf.BpfCondition;
using static Director.Linux.Bpf.BpfRegister;

namespace Director.Perf.Topology;

/// <summary>
/// The program that ends frames: it counts and drops IPv4 frames to the servers' MAC address and leaves everything else alone. With a
/// histogram it also reads the stamp of the generator and counts how long the frame has been on its way.
/// </summary>
internal static class SinkProgram
{
    /// <summary>Name in the kernel.</summary>
    public const string Name = "perf_sink";

    private const int Key = -4;

    // Linux include/uapi/linux/bpf.h (struct xdp_md, struct __sk_buff) and pkt_cls.h (TC_ACT_SHOT, TC_ACT_UNSPEC).
    private readonly record struct Hook(int Data, int DataEnd, int Drop, int Leave);

    private static readonly Hook Xdp = new(0, 4, (int)XdpVerdict.Drop, (int)XdpVerdict.Pass);
    private static readonly Hook Stack = new(76, 80, 2, -1);

    /// <summary>Assembles it.</summary>
    /// <param name="kind">Where it is to stand.</param>
    /// <param name="mac">The servers' address.</param>
    /// <param name="frames">Per-CPU array: entry 1 counts TCP frames with SYN, entry 0 others.</param>
    /// <param name="latencies">Per-CPU array of <see cref="LatencyBuckets.Count"/> counts; 0 for none.</param>
    public static ulong[] Assemble(SinkKind kind, MacAddress mac, int frames, int latencies)
    {
        var hook = kind == SinkKind.Buffers ? Stack : Xdp;
        Span<byte> header = stackalloc byte[EthernetHeader.Size];
        EthernetHeader.Write(header, mac, mac, EtherType.Ipv4);
        var code = new Assembler();
        var (leave, drop) = (code.NewLabel(), code.NewLabel());
        FrameBounds.Begin(code, FrameTemplate.Headers, leave, hook.Data, hook.DataEnd);
        code.Load(32, R2, R6, 0);
        code.JumpIf32(R2, NotEqual, BinaryPrimitives.ReadInt32LittleEndian(header), leave);
        code.Load(16, R2, R6, 4);
        code.JumpIf(R2, NotEqual, BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), leave);
        code.Load(16, R2, R6, 12);
        code.JumpIf(R2, NotEqual, BinaryPrimitives.ReadUInt16LittleEndian(header[12..]), leave);
        code.Load(8, R2, R6, FrameTemplate.Flags);
        code.And(R2, (int)TcpFlags.Syn);
        code.ShiftRight(R2, BitOperations.Log2((uint)TcpFlags.Syn));
        code.Store(32, Frame, Key, R2);
        Count(code, frames, drop);
        if (latencies != 0)
        {
            // A SYN has no payload, and an engine may cut the link's padding off.
            FrameBounds.Require(code, FrameTemplate.Stamp + 4, drop);
            EmitBucket(code);
            code.Store(32, Frame, Key, R7);
            Count(code, latencies, drop);
        }

        code.Mark(drop);
        code.Move(R0, hook.Drop);
        code.Exit();
        code.Mark(leave);
        code.Move(R0, hook.Leave);
        code.Exit();
        return code.Assemble();
    }

    private static void Count(Assembler code, int map, BpfLabel missing)
    {
        code.LoadMap(R1, map);
        code.Move(R2, Frame);
        code.Add(R2, Key);
        code.Call(BpfHelper.MapLookup);
        code.JumpIf(R0, Equal, 0, missing);
        code.Load(64, R1, R0, 0);
        code.Add(R1, 1);
        code.Store(64, R0, 0, R1);
    }

    // r7 = LatencyBuckets.Of(now - stamp).
    private static void EmitBucket(Assembler code)
    {
        code.Call(BpfHelper.MonotonicTime);
        code.Load(32, R1, R6, FrameTemplate.Stamp);
        code.Subtract(R0, R1);
        code.ShiftLeft(R0, 32);
        code.ShiftRight(R0, 32);
        code.Move(R7, 0);
        foreach (var shift in LatencyBuckets.Shifts)
        {
            var small = code.NewLabel();
            code.JumpIf(R0, Below, LatencyBuckets.PerOctave << shift, small);
            code.ShiftRight(R0, shift);
            code.Add(R7, shift << LatencyBuckets.OctaveBits);
            code.Mark(small);
        }

        code.Add(R7, R0);
    }
}
