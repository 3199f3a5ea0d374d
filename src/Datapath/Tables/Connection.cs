using System.Runtime.InteropServices;
using Director.Datapath.Tracking;

namespace Director.Datapath.Tables;

/// <summary>
/// One connection: a slot of exactly one cache line.
/// <code>
///  0               8               16              24      28
///  | client upper  | client lower  | key tail      | dead- | server |
///  |               |               |               | line  |        |
///  32       36      37     38      40               48                              64
///  | template| state | flags| –     | hash          | –                             |
/// </code>
/// Offsets in bytes; times in <see cref="Ticks"/>. The last sixteen bytes are for what later forwarding methods need to keep.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal struct Connection
{
    public const int Size = 64;

    [FieldOffset(0)] public ConnectionKey Key;

    /// <summary>The tick at which it expires unless a packet comes.</summary>
    [FieldOffset(24)] public uint Deadline;

    /// <summary>Number of its real server in every forwarding table since; of a free slot, the next free one.</summary>
    [FieldOffset(28)] public int Server;

    /// <summary>The persistence template that controls it, or 0.</summary>
    [FieldOffset(32)] public uint Template;

    [FieldOffset(36)] public ConnectionState State;

    [FieldOffset(37)] public ConnectionFlags Flags;

    /// <summary>The key's hash, to find its place in the index again.</summary>
    [FieldOffset(40)] public ulong Hash;
}
