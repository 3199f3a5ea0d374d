using System.Numerics;
using System.Runtime.CompilerServices;
using Director.Datapath.Offload;

namespace Director.Datapath.Tables;

/// <summary>
/// The memory of offloaded flows, which the workers of this process and the XDP program share: see <see cref="FlowLayout"/>. All of it is
/// zero at first but the epoch, which begins with 1. Whoever made it keeps it until the last worker and the program are done with it.
/// </summary>
public sealed unsafe class FlowTableMemory : IDisposable
{
    private readonly AlignedMemory<byte>? _own;

    /// <summary>Describes memory of somebody else's, such as mapped maps.</summary>
    /// <param name="slotsV4">IPv4 slots, <see cref="FlowLayout.SlotsFor"/> the capacity; on a cache line.</param>
    /// <param name="capacityV4">Windows of IPv4 flows, a power of two above 1.</param>
    /// <param name="slotsV6">The same of IPv6.</param>
    /// <param name="capacityV6">The same of IPv6.</param>
    /// <param name="gates">Of <see cref="FlowLayout.Gates"/> servers, 32 bits each.</param>
    /// <param name="epoch">32 bits, and behind them the clock's.</param>
    public FlowTableMemory(nint slotsV4, int capacityV4, nint slotsV6, int capacityV6, nint gates, nint epoch)
    {
        RequireCapacity(capacityV4);
        RequireCapacity(capacityV6);
        (SlotsV4, CapacityV4, SlotsV6, CapacityV6) = (slotsV4, capacityV4, slotsV6, capacityV6);
        (Gates, Epoch) = (gates, epoch);
        FirstV6 = (uint)FlowLayout.SlotsFor(capacityV4);
    }

    private FlowTableMemory(AlignedMemory<byte> own, int capacityV4, int capacityV6)
        : this(own.Address, capacityV4, own.Address + BytesV4(capacityV4), capacityV6,
            own.Address + BytesV4(capacityV4) + BytesV6(capacityV6),
            own.Address + BytesV4(capacityV4) + BytesV6(capacityV6) + (sizeof(uint) * FlowLayout.Gates)) => _own = own;

    /// <summary>The first IPv4 slot.</summary>
    public nint SlotsV4 { get; }

    /// <summary>Windows of IPv4 flows; slots are <see cref="FlowLayout.SlotsFor"/> that many.</summary>
    public int CapacityV4 { get; }

    /// <summary>The first IPv6 slot.</summary>
    public nint SlotsV6 { get; }

    /// <summary>Windows of IPv6 flows.</summary>
    public int CapacityV6 { get; }

    /// <summary>The gate of server 0, which there is not.</summary>
    public nint Gates { get; }

    /// <summary>The epoch that slots are open in.</summary>
    public nint Epoch { get; }

    /// <summary>The time that workers tell.</summary>
    public nint Clock => Epoch + FlowLayout.ClockAt;

    /// <summary>Slots in all: those of IPv4, and from <see cref="FirstV6"/> on those of IPv6.</summary>
    internal int Slots => (int)FirstV6 + FlowLayout.SlotsFor(CapacityV6);

    /// <summary>The number of the first IPv6 slot.</summary>
    internal uint FirstV6 { get; }

    internal ref uint EpochWord => ref *(uint*)Epoch;

    internal ref uint ClockWord => ref *(uint*)Clock;

    internal Span<uint> GateWords => new((void*)Gates, FlowLayout.Gates);

    /// <summary>Memory of this process alone, zeroed, for tests, measurements and where no program reads it.</summary>
    public static FlowTableMemory Allocate(int capacityV4, int capacityV6)
    {
        RequireCapacity(capacityV4);
        RequireCapacity(capacityV6);
        const int line = 64;
        var bytes = BytesV4(capacityV4) + BytesV6(capacityV6) + (sizeof(uint) * FlowLayout.Gates) + line;
        return new(new AlignedMemory<byte>(bytes), capacityV4, capacityV6);
    }

    /// <summary>Gives back what <see cref="Allocate"/> took.</summary>
    public void Dispose() => _own?.Dispose();

    /// <summary>The gate of a server whose number is below <see cref="FlowLayout.Gates"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref uint Gate(int server) => ref ((uint*)Gates)[server];

    /// <summary>The tail of slot <paramref name="flow"/>, below <see cref="Slots"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref FlowTail Tail(uint flow) => ref *(FlowTail*)TailOf(flow);

    /// <summary>The words of slot <paramref name="flow"/> that hold its key.</summary>
    internal Span<ulong> Key(uint flow) => flow < FirstV6
        ? new((void*)SlotOf(flow), FlowLayout.TailAtV4 / sizeof(ulong))
        : new((void*)SlotOf(flow), (FlowLayout.ProtocolAtV6 + sizeof(uint)) / sizeof(ulong));

    /// <summary>Starts to bring a slot's tail into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Prefetch(uint flow) => FrameMemory.Prefetch(TailOf(flow));

    private nint TailOf(uint flow) => SlotOf(flow) + (flow < FirstV6 ? FlowLayout.TailAtV4 : FlowLayout.TailAtV6);

    private nint SlotOf(uint flow) => flow < FirstV6
        ? SlotsV4 + ((nint)flow * FlowLayout.SlotSizeV4)
        : SlotsV6 + ((nint)(flow - FirstV6) * FlowLayout.SlotSizeV6);

    private static int BytesV4(int capacity) => checked(FlowLayout.SlotsFor(capacity) * FlowLayout.SlotSizeV4);

    private static int BytesV6(int capacity) => checked(FlowLayout.SlotsFor(capacity) * FlowLayout.SlotSizeV6);

    private static void RequireCapacity(int capacity)
    {
        if (capacity < 2 || !BitOperations.IsPow2(capacity))
            throw new ArgumentException($"{capacity} flows: it has to be a power of two", nameof(capacity));
    }
}
