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
///  | template| state | flags| –     | hash          | answer tail   | last hop      |
/// </code>
/// Offsets in bytes; times in <see cref="Ticks"/>. The last sixteen bytes are zero unless the connection is masqueraded.
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

    /// <summary>The tail of <see cref="AnswerKey"/>; 0 if the server's answers do not come back through here.</summary>
    [FieldOffset(48)] public ulong AnswerTail;

    /// <summary>Where the client's last packet came from, and answers go to.</summary>
    [FieldOffset(56)] public LastHop Hop;

    /// <summary>Whether it goes to the server, and its answers to the client, under another address and port.</summary>
    public readonly bool IsMasqueraded => AnswerTail != 0;

    /// <summary>The server's port that it goes to, if masqueraded.</summary>
    public readonly ushort ServerPort => (ushort)AnswerTail;

    /// <summary>
    /// What answers name it by: the client, the number of the (protocol, server address) pair, and the server's port for the virtual one.
    /// </summary>
    public readonly ConnectionKey AnswerKey => new(Key.ClientUpper, Key.ClientLower, AnswerTail);
}
