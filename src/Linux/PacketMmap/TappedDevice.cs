using Director.Linux.Bpf;
using Director.Linux.Netlink;
using Director.Linux.Xdp;

namespace Director.Linux.PacketMmap;

/// <summary>
/// A device whose frames are tapped: the filter that packet sockets get theirs by, and the shield that keeps the host from them. Works on
/// every Ethernet device, also on VLAN, bond, bridge and team devices, whose frames come up untagged.
/// </summary>
public sealed class TappedDevice : IDisposable
{
    private readonly BpfProgram _filter;
    private readonly BpfProgram _shield;
    private readonly SteeringCounterMap _counters;
    private TcxLink? _link;

    private TappedDevice(
        XdpDevice device, ushort number, BpfProgram filter, BpfProgram shield, SteeringCounterMap counters, TcxLink? link)
    {
        (Device, Number) = (device, number);
        (_filter, _shield, _counters, _link) = (filter, shield, counters, link);
    }

    /// <summary>The device, as <see cref="Steering"/> was last told.</summary>
    public XdpDevice Device { get; internal set; }

    /// <summary>Its number in <c>FrameSlot.Ingress</c> and <c>FrameSlot.Egress</c>.</summary>
    public ushort Number { get; }

    /// <summary>
    /// Descriptor of the shield's link, owned here: a process that holds a copy keeps the shield up when this one is gone. Null on a kernel
    /// before 6.6, where the shield is a filter (tc-bpf(8)) that stays by itself until it is removed or set again.
    /// </summary>
    public int? LinkHandle => _link?.Descriptor;

    /// <summary>Whether a shield is up on a link of this network namespace, by whomever, that goes with its holder.</summary>
    public static bool IsShielded(int linkIndex) => TcxLink.IsOn(linkIndex, ShieldProgram.Name);

    /// <summary>Frames so far, by what became of them, over all processors. Costs a system call a kind.</summary>
    public SteeringCounts Counts() => _counters.Read();

    /// <summary>Takes the shield down, unless another process holds its link too.</summary>
    public void Dispose()
    {
        if (_link is null) RemoveFilter();
        _link?.Dispose();
        _shield.Dispose();
        _filter.Dispose();
        _counters.Dispose();
    }

    /// <summary>The filter that a socket on this device needs.</summary>
    internal int FilterDescriptor => _filter.Descriptor;

    /// <summary>The fanout group of the sockets on this device, once the first has made it.</summary>
    internal ushort? FanoutGroup { get; set; }

    /// <summary>Loads both programs for a device and puts the shield up.</summary>
    internal static TappedDevice Attach(XdpDevice device, ushort number, int vips, int places, bool preferFilter = false)
    {
        using var undo = new Undo();
        var counters = undo.Add(SteeringCounterMap.Create());
        var filter = undo.Add(BpfProgram.Load(
            TapProgram.Name, TapProgram.Assemble(device.Mac, vips, places), BpfProgramType.SocketFilter));
        var shield = undo.Add(BpfProgram.Load(
            ShieldProgram.Name, ShieldProgram.Assemble(device.Mac, vips, places, counters.Descriptor), BpfProgramType.Classifier));
        var link = preferFilter ? null : TcxLink.TryCreate(device, shield);
        if (link is not null) undo.Add(link);
        using (var routes = new RouteSocket())
        {
            // What a predecessor left that died on a kernel without links: it looks at a map that nobody arms.
            if (link is not null) routes.RemoveIngressFilter(device.Index);
            else routes.SetIngressFilter(device.Index, shield.Descriptor, ShieldProgram.Name);
        }

        undo.Keep();
        return new(device, number, filter, shield, counters, link);
    }

    /// <summary>
    /// Puts the shield up again if somebody has taken it down; returns whether that was so. Then the link's handle is another.
    /// </summary>
    /// <exception cref="LinuxException">The device is gone.</exception>
    public bool TryReattach()
    {
        if (_link is null or { IsAttached: true } || TcxLink.TryCreate(Device, _shield) is not { } link) return false;
        _link.Dispose();
        _link = link;
        return true;
    }

    private void RemoveFilter()
    {
        try
        {
            using var routes = new RouteSocket();
            routes.RemoveIngressFilter(Device.Index);
        }
        catch (LinuxException)
        {
            // No descriptor is left to ask with. The filter lets everything pass once no VIP is armed.
        }
    }
}
