using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.Netlink;

namespace Director.Linux.Xdp;

/// <summary>Finds out whose XDP program sits on a device when ours is refused, so that the message can say how to clear it.</summary>
internal static unsafe class XdpHolder
{
    // Of all links of the machine; a busy container host has a few hundred.
    private const int MaxLinks = 65536;

    /// <summary>Who holds the device, as far as can be seen.</summary>
    public static XdpHold Describe(XdpDevice device)
    {
        using var routes = new RouteSocket();
        var link = routes.DumpLinks().FirstOrDefault(link => link.Index == device.Index);
        return (link is null ? null : Find(link)) ?? new(device.Name, 0, "", XdpAttachMode.Native, null);
    }

    /// <summary>Who holds a link; null if nobody does.</summary>
    public static XdpHold? Find(LinkEntry link) => link.Xdp is { } attached
        ? new(link.Name, attached.ProgramId, BpfProgram.NameOf(attached.ProgramId), attached.Mode, FindLink(link.Index, attached.ProgramId))
        : null;

    // A device's number says which one only together with the program: links of other network namespaces are listed too.
    private static uint? FindLink(int device, uint program)
    {
        var next = default(BpfAbi.GetId);
        for (var seen = 0; seen < MaxLinks && BpfAbi.Call(BpfAbi.Command.LinkGetNextId, ref next) == 0; seen++)
        {
            next.Id = next.NextId;
            var byId = new BpfAbi.GetId { Id = next.Id };
            var descriptor = BpfAbi.Call(BpfAbi.Command.LinkGetDescriptorById, ref byId);
            if (descriptor < 0) continue;
            using var link = new FileDescriptor(descriptor);
            if (!BpfAbi.TryGetInfo(descriptor, out BpfAbi.LinkInfo info) || info.Type != BpfAbi.BPF_LINK_TYPE_XDP) continue;
            if (info.Device == (uint)device && info.Program == program) return info.Id;
        }

        return null;
    }
}
