using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Linux.Bpf;

namespace Director.Linux.Xdp;

/// <summary>
/// A program's attachment to a device (BPF_LINK_CREATE). The device lets go of the program when the last descriptor of the link is
/// closed, by whatever process and however it ends.
/// </summary>
internal sealed class XdpLink : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private XdpLink(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Its descriptor, for a process that shall hold the program after this one.</summary>
    public int Descriptor => _descriptor.Value;

    /// <summary>Whether the program is still there: an administrator can detach any link, and a device that goes takes it along.</summary>
    public bool IsAttached => BpfAbi.IsLinkAttached(Descriptor);

    /// <summary>Attaches <paramref name="program"/> in exactly the mode asked for.</summary>
    /// <exception cref="LinuxException">Refused: another program is there (and which), or the driver cannot.</exception>
    public static XdpLink Create(XdpDevice device, BpfProgram program, XdpMode mode)
    {
        var attr = new BpfAbi.LinkCreate
        {
            Program = (uint)program.Descriptor,
            Device = (uint)device.Index,
            AttachType = BpfAbi.BPF_XDP,
            Flags = mode == XdpMode.Native ? LinkAbi.XDP_FLAGS_DRV_MODE : LinkAbi.XDP_FLAGS_SKB_MODE,
        };
        var descriptor = BpfAbi.Call(BpfAbi.Command.LinkCreate, ref attr);
        if (descriptor >= 0) return new(new(descriptor));
        var errno = Marshal.GetLastPInvokeError();
        throw new LinuxException($"bpf(BPF_LINK_CREATE, XDP {(mode == XdpMode.Native ? "native" : "generic")})", device.Name, errno,
            RemedyFor(errno, device));
    }

    /// <summary>
    /// Has another program in the place of the one that is there, which must be; no frame passes by neither (BPF_LINK_UPDATE). The driver
    /// is told, and so puts it on queues that it did not have before.
    /// </summary>
    /// <exception cref="LinuxException">Refused.</exception>
    public void Update(XdpDevice device, BpfProgram program)
    {
        var attr = new BpfAbi.LinkUpdate { Link = (uint)Descriptor, Program = (uint)program.Descriptor };
        if (BpfAbi.Call(BpfAbi.Command.LinkUpdate, ref attr) == 0) return;
        var errno = Marshal.GetLastPInvokeError();
        throw new LinuxException("bpf(BPF_LINK_UPDATE, XDP)", device.Name, errno, RemedyFor(errno, device));
    }

    /// <summary>Closes the descriptor; if it was the last, the program leaves the device at once.</summary>
    public void Dispose() => _descriptor.Dispose();

    private static string? RemedyFor(int errno, XdpDevice device) => errno switch
    {
        Errno.EBUSY => XdpHolder.Describe(device).ToString(),
        Errno.EEXIST => XdpHolder.Describe(device).ToString(),
        Errno.EPERM => BpfRefusal.Remedy,
        Errno.EOPNOTSUPP => "the driver has no native XDP, as those of bridges and VLANs of VLANs: "
            + "Datapath:Mode=packet serves it, or a newer driver",
        Errno.ERANGE => $"the MTU ({device.Mtu}) or that of a veth's peer is too large for native XDP: "
            + $"lower it, such as `ip link set dev {device.Name} mtu 1500`",
        Errno.ENOSPC => "the device has fewer receive queues than its veth peer transmit queues: make them equal with `ethtool -L`",
        Errno.EINVAL => "the driver refuses XDP as the device is set up: turn LRO off (`ethtool -K "
            + device.Name + " lro off`), look at its MTU and queues, and at `dmesg`",
        _ => null,
    };
}
