using System.Globalization;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Net;

namespace Director.Linux.Xdp;

/// <summary>
/// The VIPs that we own now, which all steering programs look at: frames to an armed VIP's services go to user space, frames to any
/// other address go to the host. It is armed before the address is added and disarmed after it is removed, by the process that holds
/// the address. Safe from any thread; both processes may have it open.
/// </summary>
public sealed class VipMap : IDisposable
{
    private const string MapName = "director_vips";
    private const uint Armed = 1;

    private readonly BpfMap<VipKey, uint> _map;

    private VipMap(BpfMap<VipKey, uint> map) => _map = map;

    /// <summary>Its descriptor, to hand to the other process. Owned by this object.</summary>
    public int Handle => _map.Descriptor;

    /// <summary>The most VIPs that it takes.</summary>
    public int Capacity => _map.Capacity;

    /// <summary>The VIPs that are armed now, in no order.</summary>
    public IReadOnlyList<IpAddress128> Vips => [.. _map.Keys().Select(key => key.Address)];

    /// <summary>
    /// Opens the map that another process made, by a descriptor inherited or received from it, which is owned here from now on.
    /// </summary>
    /// <exception cref="LinuxException">It is another kind of descriptor.</exception>
    public static VipMap FromHandle(int descriptor) =>
        new(BpfMap<VipKey, uint>.FromDescriptor(new FileDescriptor(descriptor), BpfMapType.Hash));

    /// <summary>Makes the map.</summary>
    /// <param name="capacity">The most VIPs, 1 to <see cref="SteeringLimits.MaxVips"/>.</param>
    /// <exception cref="LinuxException">The process may not use bpf(2).</exception>
    internal static VipMap Create(int capacity = SteeringLimits.MaxVips)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, SteeringLimits.MaxVips);
        return new(BpfMap<VipKey, uint>.Create(BpfMapType.Hash, MapName, capacity));
    }

    /// <summary>Has frames for <paramref name="vip"/> come to user space. Arming twice is no error.</summary>
    /// <exception cref="LinuxException">The map is full (E2BIG).</exception>
    public void Arm(IpAddress128 vip)
    {
        if (_map.TrySet(new(vip), Armed)) return;
        throw new LinuxException("bpf(BPF_MAP_UPDATE_ELEM)", $"VIP {vip}", Errno.E2BIG,
            string.Create(CultureInfo.InvariantCulture, $"at most {Capacity} VIPs are steered; spread them over more directors"));
    }

    /// <summary>Leaves frames for <paramref name="vip"/> to the host. Returns whether it was armed.</summary>
    public bool Disarm(IpAddress128 vip) => _map.Remove(new(vip));

    /// <summary>Whether <paramref name="vip"/> is armed.</summary>
    public bool IsArmed(IpAddress128 vip) => _map.TryGet(new(vip), out _);

    /// <summary>Closes the descriptor. The programs keep the map, as it is.</summary>
    public void Dispose() => _map.Dispose();
}
