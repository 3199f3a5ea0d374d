using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// Numbers (protocol, address) pairs, those of VIPs and those of masqueraded servers, so that a connection's keys fit its slot and it is
/// found before any service is: IPVS looks for the connection first. A number is never given twice. Immutable; open addressing over an
/// array no more than half full.
/// </summary>
internal sealed class AddressMap
{
    private readonly Slot[] _slots;
    private readonly int _mask;

    public AddressMap(IReadOnlyCollection<((IpProtocol Protocol, IpAddress128 Address) Pair, uint Number)> numbers)
    {
        _slots = new Slot[Math.Max(4, (int)BitOperations.RoundUpToPowerOf2((uint)numbers.Count * 2))];
        _mask = _slots.Length - 1;
        foreach (var ((protocol, address), number) in numbers)
        {
            var place = PlaceOf(protocol, address);
            while (_slots[place].Number != 0) place = (place + 1) & _mask;
            _slots[place] = new() { Upper = address.Upper, Lower = address.Lower, Protocol = protocol, Number = number };
        }
    }

    /// <summary>All pairs with their numbers, in no order.</summary>
    public IEnumerable<((IpProtocol Protocol, IpAddress128 Address) Pair, uint Number)> All =>
        from slot in _slots
        where slot.Number != 0
        select ((slot.Protocol, IpAddress128.FromHalves(slot.Upper, slot.Lower)), slot.Number);

    /// <summary>The number of the pair, or 0 if it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(IpProtocol protocol, IpAddress128 address)
    {
        for (var place = PlaceOf(protocol, address); ; place = (place + 1) & _mask)
        {
            ref readonly var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), place);
            if (slot.Lower == address.Lower && slot.Upper == address.Upper && slot.Protocol == protocol) return slot.Number;
            if (slot.Number == 0) return 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(IpProtocol protocol, IpAddress128 address) =>
        (int)(Hash(protocol, address) >> 40) & _mask;

    /// <summary>The upper bits are the better ones; a map uses those from 40 up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Hash(IpProtocol protocol, IpAddress128 address) =>
        ((address.Lower ^ address.Upper) + (byte)protocol) * 0x9e37_79b9_7f4a_7c15;

    private struct Slot
    {
        public ulong Upper;
        public ulong Lower;
        public uint Number;
        public IpProtocol Protocol;
    }
}
