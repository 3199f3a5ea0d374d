using System.Numerics;

namespace Director.Datapath.Offload;

/// <summary>
/// Where a flow's window of slots begins. Each word of the key is taken in by an exclusive or and a multiplication, between words the upper
/// half is folded onto the lower one, and the top bits of the last product are the index. The XDP program computes the same, with the seed
/// as an immediate value.
/// </summary>
/// <param name="seed">Drawn at random once per process, so that nobody can aim flows at one window.</param>
public readonly struct FlowHash(ulong seed)
{
    /// <summary>2^64 by the golden ratio, which is odd.</summary>
    public const ulong Multiplier = 0x9e37_79b9_7f4a_7c15;

    /// <summary>What the hash begins with, in place of a product.</summary>
    public ulong Seed => seed;

    /// <summary>
    /// The first slot of an IPv4 flow, in a table of <paramref name="capacity"/> slots, a power of two above 1.
    /// </summary>
    /// <param name="addresses">Source and destination, as one word of memory.</param>
    /// <param name="portsAndProtocol">The slot's second word: the ports as in the packet, above them the protocol.</param>
    /// <param name="capacity">Slots, less those behind the last window.</param>
    public uint FirstV4(ulong addresses, ulong portsAndProtocol, int capacity) =>
        Index(Step(Fold(Step(seed, addresses)), portsAndProtocol), capacity);

    /// <summary>The same of an IPv6 flow, whose addresses are four words.</summary>
    public uint FirstV6(
        ulong sourceUpper, ulong sourceLower, ulong destinationUpper, ulong destinationLower, ulong portsAndProtocol, int capacity)
    {
        var hash = Fold(Step(Fold(Step(seed, sourceUpper)), sourceLower));
        hash = Fold(Step(Fold(Step(hash, destinationUpper)), destinationLower));
        return Index(Step(hash, portsAndProtocol), capacity);
    }

    internal uint FirstOf(in FlowKey key, int capacity) => key.IsV4
        ? FirstV4(key.Word0, key.Last, capacity)
        : FirstV6(key.Word0, key.Word1, key.Word2, key.Word3, key.Last, capacity);

    private static ulong Step(ulong hash, ulong word) => (hash ^ word) * Multiplier;

    private static ulong Fold(ulong hash) => hash ^ hash >> 32;

    private static uint Index(ulong hash, int capacity) => (uint)(hash >> (64 - BitOperations.Log2((uint)capacity)));
}
