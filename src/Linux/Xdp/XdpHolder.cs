using System.Globalization;
using Director.Linux.Abi;

namespace Director.Linux.Xdp;

/// <summary>Finds out whose XDP program sits on a device when ours is refused, so that the message can say how to clear it.</summary>
internal static unsafe class XdpHolder
{
    // Of all links of the machine; a busy container host has a few hundred.
    private const int MaxLinks = 65536;

    /// <summary>Who holds the device, as far as can be seen, and the command that clears it.</summary>
    public static string Describe(XdpDevice device)
    {
        if (FindLink(device.Index) is var (link, program))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"XDP program {program}{NameOf(program)} is attached by link {link}: stop the process that holds it (`bpftool link show id {link}`)");
        }

        return $"another XDP program is attached: see `bpftool net show dev {device.Name}`, "
            + $"clear it with `ip link set dev {device.Name} xdp off` (or `xdpgeneric off`)";
    }

    private static (uint Link, uint Program)? FindLink(int device)
    {
        var next = default(UapiBpf.GetId);
        for (var seen = 0; seen < MaxLinks && UapiBpf.Call(UapiBpf.Command.LinkGetNextId, ref next) == 0; seen++)
        {
            next.Id = next.NextId;
            var byId = new UapiBpf.GetId { Id = next.Id };
            var descriptor = UapiBpf.Call(UapiBpf.Command.LinkGetDescriptorById, ref byId);
            if (descriptor < 0) continue;
            using var link = new FileDescriptor(descriptor);
            UapiBpf.LinkInfo info = default;
            if (TryGetInfo(descriptor, ref info) && info.Type == UapiBpf.BPF_LINK_TYPE_XDP && info.Device == (uint)device)
                return (info.Id, info.Program);
        }

        return null;
    }

    private static string NameOf(uint program)
    {
        var byId = new UapiBpf.GetId { Id = program };
        var descriptor = UapiBpf.Call(UapiBpf.Command.ProgramGetDescriptorById, ref byId);
        if (descriptor < 0) return "";
        using var owned = new FileDescriptor(descriptor);
        UapiBpf.ProgramInfo info = default;
        return TryGetInfo(descriptor, ref info) ? $" '{UapiBpf.GetName(info.Name)}'" : "";
    }

    private static bool TryGetInfo<TInfo>(int descriptor, ref TInfo info)
        where TInfo : unmanaged
    {
        fixed (TInfo* pointer = &info)
        {
            var attr = new UapiBpf.GetInfo { Descriptor = (uint)descriptor, Length = (uint)sizeof(TInfo), Info = (ulong)pointer };
            return UapiBpf.Call(UapiBpf.Command.ObjectGetInfo, ref attr) == 0;
        }
    }
}
