using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.Xdp;

namespace Director.Linux.PacketMmap;

/// <summary>
/// A program's attachment to a device's entry into the stack (BPF_LINK_CREATE, Linux 6.6), in front of all others there. The device lets
/// go of the program when the last descriptor of the link is closed, by whatever process and however it ends.
/// </summary>
internal sealed class TcxLink : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private TcxLink(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Its descriptor, for a process that shall hold the program after this one.</summary>
    public int Descriptor => _descriptor.Value;

    /// <summary>Whether the program is still there, as <see cref="XdpLink.IsAttached"/>.</summary>
    public bool IsAttached => BpfAbi.IsLinkAttached(Descriptor);

    /// <summary>Attaches <paramref name="program"/>; null if the kernel is too old to.</summary>
    /// <exception cref="LinuxException">The process may not, or the device is gone.</exception>
    public static TcxLink? TryCreate(XdpDevice device, BpfProgram program)
    {
        var attr = new BpfAbi.LinkCreate
        {
            Program = (uint)program.Descriptor,
            Device = (uint)device.Index,
            AttachType = BpfAbi.BPF_TCX_INGRESS,
            Flags = BpfAbi.BPF_F_BEFORE,
        };
        var descriptor = BpfAbi.Call(BpfAbi.Command.LinkCreate, ref attr);
        if (descriptor >= 0) return new(new(descriptor));
        var errno = Marshal.GetLastPInvokeError();
        return errno == Errno.EINVAL ? null : throw new LinuxException("bpf(BPF_LINK_CREATE, tcx ingress)", device.Name, errno,
            errno == Errno.EPERM ? BpfRefusal.Remedy : null);
    }

    /// <summary>Whether a program of this name is attached to a device of this network namespace, by whomever.</summary>
    public static unsafe bool IsOn(int device, string name)
    {
        const int most = 64;
        var programs = stackalloc uint[most];
        var query = new BpfAbi.ProgramQuery
        {
            Device = (uint)device,
            AttachType = BpfAbi.BPF_TCX_INGRESS,
            Programs = (ulong)programs,
            ProgramCount = most,
        };
        if (BpfAbi.Call(BpfAbi.Command.ProgramQuery, ref query) != 0) return false;
        for (var i = 0; i < query.ProgramCount; i++)
            if (BpfProgram.NameOf(programs[i]) == name) return true;
        return false;
    }

    /// <summary>Closes the descriptor; if it was the last, the program leaves the device at once.</summary>
    public void Dispose() => _descriptor.Dispose();
}
