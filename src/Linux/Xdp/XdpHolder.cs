using System.Globalization;
using Director.Linux.Abi;
using Director.Linux.Netlink;

namespace Director.Linux.Xdp;

/// <summary>Finds out whose XDP program sits on a device when ours is refused, so that the message can say how to clear it.</summary>
internal static unsafe class XdpHolder
{
    // Of all links of the machine; a busy container host has a few hundred.
    private const int MaxLinks = 65536;

    /// <summary>Who holds the device, as far as can be seen, and the command that clears it.</summary>
    public static string Describe(XdpDevice device)
    {
        var attached = FindAttachment(device.Index);
        if (attached is { ProgramId: > 0 and var held } && FindLink(device.Index, held) is { } link)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"XDP program {held}{NameOf(held)} holds it by BPF link {link}: stop its owner, or `bpftool link detach id {link}`");
        }

        var program = attached is { ProgramId: > 0 } found
            ? string.Create(CultureInfo.InvariantCulture, $"XDP program {found.ProgramId}{NameOf(found.ProgramId)}")
            : "another XDP program";
        var mode = attached?.Mode switch
        {
            XdpAttachMode.Generic => "xdpgeneric",
            XdpAttachMode.Hardware => "xdpoffload",
            _ => "xdp",
        };
        return $"{program} holds it: clear it with `ip link set dev {device.Name} {mode} off` (`bpftool net` shows all)";
    }

    private static XdpAttachment? FindAttachment(int device)
    {
        using var routes = new RouteSocket();
        return routes.DumpLinks().FirstOrDefault(link => link.Index == device)?.Xdp;
    }

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
            BpfAbi.LinkInfo info = default;
            if (!TryGetInfo(descriptor, ref info) || info.Type != BpfAbi.BPF_LINK_TYPE_XDP) continue;
            if (info.Device == (uint)device && info.Program == program) return info.Id;
        }

        return null;
    }

    private static string NameOf(uint program)
    {
        var byId = new BpfAbi.GetId { Id = program };
        var descriptor = BpfAbi.Call(BpfAbi.Command.ProgramGetDescriptorById, ref byId);
        if (descriptor < 0) return "";
        using var owned = new FileDescriptor(descriptor);
        BpfAbi.ProgramInfo info = default;
        return TryGetInfo(descriptor, ref info) ? $" '{BpfAbi.GetName(info.Name)}'" : "";
    }

    private static bool TryGetInfo<TInfo>(int descriptor, ref TInfo info)
        where TInfo : unmanaged
    {
        fixed (TInfo* pointer = &info)
        {
            var attr = new BpfAbi.GetInfo { Descriptor = (uint)descriptor, Length = (uint)sizeof(TInfo), Info = (ulong)pointer };
            return BpfAbi.Call(BpfAbi.Command.ObjectGetInfo, ref attr) == 0;
        }
    }
}
