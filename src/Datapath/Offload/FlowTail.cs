using System.Runtime.InteropServices;

namespace Director.Datapath.Offload;

/// <summary>The part of a slot that is the same for both families. See <see cref="FlowLayout"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = FlowLayout.TailSize)]
internal struct FlowTail
{
    [FieldOffset(FlowLayout.MacsAt)] public ulong MacsLow;
    [FieldOffset(FlowLayout.MacsAt + 8)] public uint MacsHigh;
    [FieldOffset(FlowLayout.LongestAt)] public ushort Longest;
    [FieldOffset(FlowLayout.EgressAt)] public ushort Egress;
    [FieldOffset(FlowLayout.GateAt)] public uint Gate;
    [FieldOffset(FlowLayout.GenerationAt)] public uint Generation;
    [FieldOffset(FlowLayout.OpenAt)] public uint Open;
    [FieldOffset(FlowLayout.LastSeenAt)] public uint LastSeen;
    [FieldOffset(FlowLayout.PacketsAt)] public long Packets;
    [FieldOffset(FlowLayout.BytesAt)] public long Bytes;
}
