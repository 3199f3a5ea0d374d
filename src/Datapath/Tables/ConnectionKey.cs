using System.Runtime.CompilerServices;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// What names a connection in 24 bytes: the client's address (IPv4 as mapped IPv6) and, in <see cref="Tail"/>, the number of the
/// (protocol, VIP) pair, the client's port and the virtual port. See <see cref="AddressMap"/> for the number.
/// <code>
///  Tail:  63                    32 31           16 15            0
///         | virtual address number | client port   | virtual port |
/// </code>
/// </summary>
internal readonly struct ConnectionKey(ulong clientUpper, ulong clientLower, ulong tail)
{
    public readonly ulong ClientUpper = clientUpper;
    public readonly ulong ClientLower = clientLower;
    public readonly ulong Tail = tail;

    public ConnectionKey(IpAddress128 client, uint virtualAddress, ushort clientPort, ushort virtualPort)
        : this(client.Upper, client.Lower, TailOf(virtualAddress, clientPort, virtualPort))
    {
    }

    public IpAddress128 Client => IpAddress128.FromHalves(ClientUpper, ClientLower);

    public ushort ClientPort => (ushort)(Tail >> 16);

    public ushort VirtualPort => (ushort)Tail;

    /// <summary>What names a fragmented datagram of this flow by its identification: that stands where the ports do.</summary>
    public ConnectionKey OfDatagram(uint identification) =>
        new(ClientUpper, ClientLower, (Tail & 0xffff_ffff_0000_0000) | identification);

    /// <summary>Whether the keys are the same; the part that differs most often is compared first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(in ConnectionKey other) =>
        ClientLower == other.ClientLower && Tail == other.Tail && ClientUpper == other.ClientUpper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong TailOf(uint virtualAddress, ushort clientPort, ushort virtualPort) =>
        (ulong)virtualAddress << 32 | (uint)clientPort << 16 | virtualPort;
}
