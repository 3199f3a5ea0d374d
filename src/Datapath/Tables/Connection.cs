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
///  | template| state | flags| – |pas-| hash          | answer tail   | last hop, or  |
///  |         |       |      |   |sed |               |               | flow, timeout |
/// </code>
/// Offsets in bytes; times in <see cref="Ticks"/>. The answer tail is zero unless the connection is masqueraded, the last eight bytes
/// unless it is that or has been offloaded, which exclude each other.
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

    /// <summary>Packets that it has had in user space since it might be offloaded; below zero once that has failed.</summary>
    [FieldOffset(39)] public sbyte Passed;

    /// <summary>The key's hash, to find its place in the index again.</summary>
    [FieldOffset(40)] public ulong Hash;

    /// <summary>The tail of <see cref="AnswerKey"/>; 0 if the server's answers do not come back through here.</summary>
    [FieldOffset(48)] public ulong AnswerTail;

    /// <summary>Where the client's last packet came from, and answers go to.</summary>
    [FieldOffset(56)] public LastHop Hop;

    /// <summary>Of a connection that is offloaded, the slot of its flow.</summary>
    [FieldOffset(56)] public uint Flow;

    /// <summary>How long it then lasts after the last packet.</summary>
    [FieldOffset(60)] public uint FlowTimeout;

    /// <summary>Whether it goes to the server, and its answers to the client, under another address and port.</summary>
    public readonly bool IsMasqueraded => AnswerTail != 0;

    /// <summary>Whether its packets are in the XDP program's hands, as far as nobody has shut them out of there.</summary>
    public readonly bool IsOffloaded => (Flags & ConnectionFlags.Offloaded) != 0;

    /// <summary>The server's port that it goes to, if masqueraded.</summary>
    public readonly ushort ServerPort => (ushort)AnswerTail;

    /// <summary>
    /// What answers name it by: the client, the number of the (protocol, server address) pair, and the server's port for the virtual one.
    /// </summary>
    public readonly ConnectionKey AnswerKey => new(Key.ClientUpper, Key.ClientLower, AnswerTail);
}
