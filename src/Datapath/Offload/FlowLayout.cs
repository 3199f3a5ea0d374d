namespace Director.Datapath.Offload;

/// <summary>
/// Where things stand in the memory that the workers share with the XDP program: one slot per flow, 64 bytes for IPv4 and 128 for IPv6.
/// The addresses, ports and MACs stand as in the packet, all else in the machine's own order, which has to be little-endian.
/// <code>
/// IPv4:  0         4         8         12        16                                                          64
///        | source  | dest.   | ports   | protocol| tail                                                      |
/// IPv6:  0                   16                  32      36        40     48                        96       128
///        | source            | destination       | ports | protocol| 0    | tail                    | unused |
/// tail:  0                             12        14        16      20          24    28         32       40       48
///        | MACs: destination, source   | longest | egress  | gate  | generation| open| last seen | packets| bytes  |
/// </code>
/// A packet hits a slot if its addresses, ports and protocol are the slot's, <c>open</c> is the epoch of this moment, and
/// <c>generation</c> that of the slot's gate.
/// </summary>
public static class FlowLayout
{
    /// <summary>Bytes of a slot.</summary>
    public const int SlotSizeV4 = 64, SlotSizeV6 = 128;

    /// <summary>
    /// Slots that are looked at, from the one that the hash gives. The last window does not wrap: memory is that much longer.
    /// </summary>
    public const int Window = 8;

    /// <summary>The source address of an IPv4 flow; eight bytes together with the destination.</summary>
    public const int SourceAtV4 = 0, DestinationAtV4 = 4;

    /// <summary>The addresses of an IPv6 flow.</summary>
    public const int SourceAtV6 = 0, DestinationAtV6 = 16;

    /// <summary>The source port and the destination port, as in the packet.</summary>
    public const int PortsAtV4 = 8, PortsAtV6 = 32;

    /// <summary>The protocol, in 32 bits.</summary>
    public const int ProtocolAtV4 = 12, ProtocolAtV6 = 36;

    /// <summary>The tail, in which both kinds of slots are the same.</summary>
    public const int TailAtV4 = 16, TailAtV6 = 48;

    /// <summary>In the tail: the frame's first twelve bytes as it is to leave.</summary>
    public const int MacsAt = 0;

    /// <summary>In the tail, 16 bits: the most bytes of IP packet that may leave so.</summary>
    public const int LongestAt = 12;

    /// <summary>In the tail, 16 bits: the port's device to leave by.</summary>
    public const int EgressAt = 14;

    /// <summary>In the tail, 32 bits: the server's number, which is that of its gate.</summary>
    public const int GateAt = 16;

    /// <summary>In the tail, 32 bits: what the gate has to hold.</summary>
    public const int GenerationAt = 20;

    /// <summary>In the tail, 32 bits: the epoch that the slot is open in; 0 if it is closed. Written last, and read first.</summary>
    public const int OpenAt = 24;

    /// <summary>In the tail, 32 bits: what the clock said when the program saw the last packet.</summary>
    public const int LastSeenAt = 28;

    /// <summary>In the tail, 64 bits: packets that nobody has counted yet. Both sides change it by atomic operations only.</summary>
    public const int PacketsAt = 32;

    /// <summary>In the tail, 64 bits: their bytes, IP packets only. As <see cref="PacketsAt"/>.</summary>
    public const int BytesAt = 40;

    /// <summary>Bytes of the tail.</summary>
    public const int TailSize = 48;

    /// <summary>
    /// Behind the epoch, 32 bits: the time, CLOCK_MONOTONIC in units of 2^<see cref="SeenShift"/> ns. Workers keep it, so that the program
    /// need not ask the kernel for each packet; while all of them sleep it may stand still for <see cref="ClockLag"/>.
    /// </summary>
    public const int ClockAt = 4;

    /// <summary>Nanoseconds become what the clock shows by this shift: the tick of all deadlines here (67 ms).</summary>
    public const int SeenShift = 26;

    /// <summary>The most that the clock is late, in its own units: workers sleep 100 ms.</summary>
    public const int ClockLag = 2;

    /// <summary>Gates: real servers are numbered from 1 to one less than this.</summary>
    public const int Gates = 1 << 18;

    /// <summary>Slots that memory must have for a table of <paramref name="capacity"/>.</summary>
    public static int SlotsFor(int capacity) => capacity + Window - 1;
}
