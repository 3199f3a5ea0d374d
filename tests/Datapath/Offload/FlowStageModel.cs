using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Director.Datapath.Offload;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath.Offload;

/// <summary>
/// The XDP program's part in C#, over the same memory, written from the layout alone: sends what an open slot tells how to, and leaves
/// everything else as if it were not there.
/// </summary>
internal sealed class FlowStageModel(FlowTableMemory memory, FlowHash hash)
{
    /// <summary>Frames that it has sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Called once it has found a frame's slot, before it counts there: what others do meanwhile.</summary>
    public Action? Found { get; set; }

    /// <summary>Rewrites a frame that is to leave by <paramref name="egress"/>; false, and it is as it was, if it goes up.</summary>
    public bool TrySend(Span<byte> frame, MacAddress device, out ushort egress)
    {
        egress = 0;
        if (frame.Length < EthernetHeader.Size + 28 || MacAddress.Read(frame) != device) return false;
        var type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        var ip = frame[EthernetHeader.Size..];
        return type == EtherType.Ipv4 ? TrySendV4(frame, ip, out egress)
            : type == EtherType.Ipv6 && TrySendV6(frame, ip, out egress);
    }

    private bool TrySendV4(Span<byte> frame, Span<byte> ip, out ushort egress)
    {
        egress = 0;
        var length = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        var isPlain = ip[0] == 0x45 && (BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x3fff) == 0 && ip[8] > 1
            && Checksum.Compute(ip[..Ipv4Header.MinSize]) == 0;
        if (!isPlain || length > ip.Length
            || !IsPlain((IpProtocol)ip[9], ip[Ipv4Header.MinSize..], length - Ipv4Header.MinSize)) return false;
        var addresses = BitConverter.ToUInt64(ip[12..]);
        var ports = BitConverter.ToUInt32(ip[20..]) | (ulong)ip[9] << 32;
        var first = hash.FirstV4(addresses, ports, memory.CapacityV4);
        for (var place = first; place < first + FlowLayout.Window; place++)
        {
            var slot = Bytes(memory.SlotsV4 + ((nint)place * FlowLayout.SlotSizeV4), FlowLayout.SlotSizeV4);
            var open = BitConverter.ToUInt32(slot[(FlowLayout.TailAtV4 + FlowLayout.OpenAt)..]);
            if (BitConverter.ToUInt64(slot) != addresses || BitConverter.ToUInt64(slot[FlowLayout.PortsAtV4..]) != ports) continue;
            if (!TrySend(frame, length, slot[FlowLayout.TailAtV4..], open, out egress)) continue;
            TakeHop(ip);
            return true;
        }

        return false;
    }

    private bool TrySendV6(Span<byte> frame, Span<byte> ip, out ushort egress)
    {
        egress = 0;
        if (ip.Length < Ipv6Header.Size) return false;
        var length = Ipv6Header.Size + BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        if (ip[0] >> 4 != 6 || ip[7] <= 1 || length > ip.Length
            || !IsPlain((IpProtocol)ip[6], ip[Ipv6Header.Size..], length - Ipv6Header.Size)) return false;
        var addresses = ip.Slice(8, 32);
        var ports = BitConverter.ToUInt32(ip[40..]) | (ulong)ip[6] << 32;
        var first = hash.FirstV6(
            BitConverter.ToUInt64(addresses), BitConverter.ToUInt64(addresses[8..]), BitConverter.ToUInt64(addresses[16..]),
            BitConverter.ToUInt64(addresses[24..]), ports, memory.CapacityV6);
        for (var place = first; place < first + FlowLayout.Window; place++)
        {
            var slot = Bytes(memory.SlotsV6 + ((nint)place * FlowLayout.SlotSizeV6), FlowLayout.SlotSizeV6);
            var open = BitConverter.ToUInt32(slot[(FlowLayout.TailAtV6 + FlowLayout.OpenAt)..]);
            if (!slot[..32].SequenceEqual(addresses) || BitConverter.ToUInt64(slot[FlowLayout.PortsAtV6..]) != ports) continue;
            if (!TrySend(frame, length, slot[FlowLayout.TailAtV6..], open, out egress)) continue;
            ip[7]--;
            return true;
        }

        return false;
    }

    /// <summary>A datagram; or a segment in the middle of a connection, which acknowledges and does nothing else.</summary>
    private static bool IsPlain(IpProtocol protocol, ReadOnlySpan<byte> transport, int length) => protocol switch
    {
        IpProtocol.Udp => length >= 8,
        IpProtocol.Tcp => length >= 20
            && ((TcpFlags)transport[13] & (TcpFlags.Ack | TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == TcpFlags.Ack,
        _ => false,
    };

    private bool TrySend(Span<byte> frame, int length, Span<byte> tail, uint open, out ushort egress)
    {
        egress = BitConverter.ToUInt16(tail[FlowLayout.EgressAt..]);
        var gate = BitConverter.ToUInt32(tail[FlowLayout.GateAt..]);
        if (open != Word(memory.Epoch) || length > BitConverter.ToUInt16(tail[FlowLayout.LongestAt..])
            || BitConverter.ToUInt32(tail[FlowLayout.GenerationAt..]) != Word(memory.Gates + (nint)(gate * sizeof(uint)))) return false;
        tail[..12].CopyTo(frame);
        Found?.Invoke();
        Interlocked.Increment(ref Counter(tail, FlowLayout.PacketsAt));
        Interlocked.Add(ref Counter(tail, FlowLayout.BytesAt), length);
        BinaryPrimitives.WriteUInt32LittleEndian(tail[FlowLayout.LastSeenAt..], Word(memory.Clock));
        Sent++;
        return true;
    }

    private static void TakeHop(Span<byte> ip)
    {
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(ip[10..]);
        var word = BinaryPrimitives.ReadUInt16BigEndian(ip[8..]);
        ip[8]--;
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Update(checksum, word, (ushort)(word - 0x100)));
    }

    private static ref long Counter(Span<byte> tail, int at) => ref MemoryMarshal.AsRef<long>(tail[at..]);

    private static uint Word(nint address) => BitConverter.ToUInt32(Bytes(address, sizeof(uint)));

    private static Span<byte> Bytes(nint address, int length) => Director.Datapath.Tables.FrameMemory.Bytes(address, length);
}
