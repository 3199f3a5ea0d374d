using Director.Net;

namespace Director.Vrrp;

/// <summary>Something that happened to a virtual router.</summary>
/// <param name="Kind">What.</param>
/// <param name="Source">Of an advertisement, who sent it; of <see cref="VrrpEventKind.AddressLost"/>, the address.</param>
/// <param name="Priority">Of an advertisement, its priority; of <see cref="VrrpEventKind.PriorityChanged"/>, ours from now on.</param>
/// <param name="Faults">Of <see cref="VrrpEventKind.Startup"/> and <see cref="VrrpEventKind.Fault"/>, all that is wrong.</param>
/// <param name="IsHeir">Of <see cref="VrrpEventKind.Startup"/>, whether a predecessor died as master here: it left its addresses.</param>
/// <param name="Interval">Of an advertisement, between two of its sender's.</param>
public readonly record struct VrrpEvent(
    VrrpEventKind Kind, IpAddress128 Source = default, byte Priority = 0, FaultReasons Faults = FaultReasons.None, bool IsHeir = false,
    TimeSpan Interval = default)
{
    /// <summary>Take part, if <paramref name="faults"/> is empty.</summary>
    public static VrrpEvent Startup(FaultReasons faults, bool isHeir = false) => new(VrrpEventKind.Startup, Faults: faults, IsHeir: isHeir);

    /// <summary>Stop.</summary>
    public static VrrpEvent Shutdown => new(VrrpEventKind.Shutdown);

    /// <summary>The deadline has come.</summary>
    public static VrrpEvent Timer => new(VrrpEventKind.Timer);

    /// <summary>All that is wrong now; recovery if nothing is.</summary>
    public static VrrpEvent Health(FaultReasons faults) =>
        faults == FaultReasons.None ? new(VrrpEventKind.Recovery) : new(VrrpEventKind.Fault, Faults: faults);

    /// <summary>Advertise <paramref name="priority"/> from now on, 1–255.</summary>
    public static VrrpEvent PriorityChanged(byte priority) => new(VrrpEventKind.PriorityChanged, Priority: priority);

    /// <summary>All of the sync group want to be master.</summary>
    public static VrrpEvent GroupElected => new(VrrpEventKind.GroupElected);

    /// <summary>Another of the sync group has yielded.</summary>
    public static VrrpEvent GroupYielded => new(VrrpEventKind.GroupYielded);

    /// <summary>Another of the sync group has resigned.</summary>
    public static VrrpEvent GroupResigned => new(VrrpEventKind.GroupResigned);

    /// <summary>Somebody took <paramref name="address"/> off the interface.</summary>
    public static VrrpEvent AddressLost(IpAddress128 address) => new(VrrpEventKind.AddressLost, address);
}
