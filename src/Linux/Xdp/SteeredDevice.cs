using System.Globalization;
using Director.Linux.Abi;
using Director.Linux.Bpf;

namespace Director.Linux.Xdp;

/// <summary>A device with the steering program on it: the program, its map from queues to sockets, its counters, its link.</summary>
public sealed class SteeredDevice : IDisposable
{
    private readonly BpfMap<uint, uint> _sockets;
    private readonly ServedVlans _vlans;
    private readonly SteeringCounterMap _counters;
    private readonly FlowMaps? _flows;
    private BpfProgram _program;
    private XdpLink _link;

    private SteeredDevice(
        XdpDevice device, XdpMode mode, ushort number,
        BpfProgram program, BpfMap<uint, uint> sockets, ServedVlans vlans, SteeringCounterMap counters, FlowMaps? flows, XdpLink link)
    {
        (Device, Mode, Number, _flows) = (device, mode, number, flows);
        (_program, _sockets, _vlans, _counters, _link) = (program, sockets, vlans, counters, link);
    }

    /// <summary>The device, as <see cref="Steering"/> was last told.</summary>
    public XdpDevice Device { get; private set; }

    /// <summary>The mode that it runs in, which is the one that was asked for.</summary>
    public XdpMode Mode { get; }

    /// <summary>Its number in <c>FrameSlot.Ingress</c> and <c>FrameSlot.Egress</c>.</summary>
    public ushort Number { get; }

    /// <summary>
    /// Descriptor of the link, owned here. A process that holds a copy keeps the program on the device when this one is gone.
    /// </summary>
    public int LinkHandle => _link.Descriptor;

    /// <summary>Frames so far, by what became of them, over all processors. Costs a system call a kind.</summary>
    public SteeringCounts Counts() => _counters.Read();

    /// <summary>Lets the device go, unless another process holds the link too.</summary>
    public void Dispose()
    {
        _link.Dispose();
        _program.Dispose();
        _sockets.Dispose();
        _vlans.Dispose();
        _counters.Dispose();
    }

    /// <summary>The VLANs whose frames are looked at behind the tag.</summary>
    internal IReadOnlyList<ushort> Vlans => _vlans.Ids;

    /// <summary>The program, for tests to run.</summary>
    internal BpfProgram Program => _program;

    /// <summary>Loads the program for a device and attaches it.</summary>
    internal static SteeredDevice Attach(
        XdpDevice device, XdpMode mode, ushort number, int vips, int places, IReadOnlyList<ushort> vlans, FlowMaps? flows)
    {
        CheckMtu(device);
        CheckKind(device, mode, vlans);
        using var undo = new Undo();
        var sockets = undo.Add(BpfMap<uint, uint>.Create(BpfMapType.XskMap, "director_xsks", SteeringLimits.MaxQueues));
        var served = undo.Add(ServedVlans.Create(vlans));
        var counters = undo.Add(SteeringCounterMap.Create());
        var program = undo.Add(Load(device, vips, places, served, sockets, counters, flows));
        var link = undo.Add(XdpLink.Create(device, program, mode));
        flows?.SetDevice(number, device.Index);
        undo.Keep();
        return new(device, mode, number, program, sockets, served, counters, flows, link);
    }

    /// <summary>
    /// Goes on with the device as it is now, by the same maps: with a fresh program in the same link, or, if the device was made again,
    /// with a link to that.
    /// </summary>
    internal void Renew(XdpDevice now, int vips, int places)
    {
        var isNew = now.Index != Device.Index;
        if (isNew) CheckMtu(now);
        CheckKind(now, Mode, Vlans);
        using var undo = new Undo();
        var program = undo.Add(Load(now, vips, places, _vlans, _sockets, _counters, _flows));
        if (!isNew && _link.IsAttached)
        {
            _link.Update(now, program);
        }
        else
        {
            var link = XdpLink.Create(now, program, Mode);
            _link.Dispose();
            _link = link;
        }

        _flows?.SetDevice(Number, now.Index);
        undo.Keep();
        _program.Dispose();
        (_program, Device) = (program, now);
    }

    /// <summary>
    /// Attaches the program again if somebody has taken it off; returns whether that was so. Then the link's handle is another.
    /// </summary>
    /// <exception cref="LinuxException">The device is gone, or somebody else's program has taken the place.</exception>
    public bool TryReattach()
    {
        if (_link.IsAttached) return false;
        var link = XdpLink.Create(Device, _program, Mode);
        _link.Dispose();
        _link = link;
        return true;
    }

    private static BpfProgram Load(
        XdpDevice device, int vips, int places, ServedVlans vlans, BpfMap<uint, uint> sockets, SteeringCounterMap counters,
        FlowMaps? flows) =>
        BpfProgram.Load(SteeringProgram.Name, SteeringProgram.Assemble(
            device.Mac, vips, places, vlans.Descriptor, sockets.Descriptor, counters.Descriptor, flows));

    private static void CheckKind(XdpDevice device, XdpMode mode, IReadOnlyList<ushort> vlans)
    {
        if (mode == XdpMode.Native && device.IsBond)
        {
            throw new LinuxException("XDP on", device.Name, Errno.EOPNOTSUPP,
                "it is a bond: its frames come by its members, and its AF_XDP sockets would get none; Datapath:Mode=packet serves it");
        }

        if (vlans.Count > 0 && device.TakesTagsOut)
        {
            throw new LinuxException("XDP on", device.Name, Errno.EOPNOTSUPP,
                $"it takes VLAN tags out of frames before XDP sees them: `ethtool -K {device.Name} rxvlan off`, or Datapath:Mode=packet");
        }
    }

    private static void CheckMtu(XdpDevice device)
    {
        if (device.Mtu <= XdpLimits.MaxMtu) return;
        throw new LinuxException("XDP on", device.Name, Errno.ERANGE, string.Create(CultureInfo.InvariantCulture,
            $"its MTU is {device.Mtu} and a frame takes {XdpLimits.MaxMtu}: `ip link set dev {device.Name} mtu 1500`"));
    }

    /// <summary>
    /// Has the frames of <paramref name="queue"/> go to a socket, which must be bound to that queue. It leaves by itself when closed.
    /// </summary>
    internal void Serve(int queue, int socket) => _sockets.Set((uint)queue, (uint)socket);

    /// <summary>Has the frames of <paramref name="queue"/> that would be steered dropped.</summary>
    internal void StopServing(int queue) => _sockets.Remove((uint)queue);
}
