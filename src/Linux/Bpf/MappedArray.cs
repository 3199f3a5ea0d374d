using System.Globalization;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Bpf;

/// <summary>
/// Memory that programs and processes share: an array map of one entry, whose value is mapped (BPF_F_MMAPABLE, Linux 5.5; values above
/// 4 MiB since 5.16). Programs reach it by its address, <see cref="Assembler.LoadMapValue"/>. Zero at first; it lives as long as a process
/// or a program refers to the map.
/// </summary>
internal sealed unsafe class MappedArray : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private void* _memory;

    private MappedArray(FileDescriptor descriptor, int length)
    {
        (_descriptor, Length) = (descriptor, length);
        var page = Environment.SystemPageSize;
        Mapped = (length + page - 1) / page * page;
        _memory = LibC.mmap(null, (size_t)Mapped, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, descriptor.Value, 0);
        if ((nint)_memory != -1) return;
        _memory = null;
        throw LinuxException.FromLastError("mmap(BPF array)", Size(length));
    }

    /// <summary>Its descriptor, for programs and for other processes.</summary>
    public int Descriptor => _descriptor.Value;

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>Where it begins in this process.</summary>
    public nint Address => (nint)_memory;

    private int Mapped { get; }

    /// <summary>Makes it.</summary>
    /// <exception cref="LinuxException">The process may not, the kernel is too old, or there is no memory.</exception>
    public static MappedArray Create(string name, int length)
    {
        var attr = new BpfAbi.MapCreate
        {
            Type = (uint)BpfMapType.Array, KeySize = sizeof(uint), ValueSize = (uint)length, MaxEntries = 1, Flags = BpfAbi.BPF_F_MMAPABLE,
        };
        BpfAbi.SetName(attr.Name, name);
        var descriptor = BpfAbi.Call(BpfAbi.Command.MapCreate, ref attr);
        if (descriptor < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new LinuxException("bpf(BPF_MAP_CREATE)", $"mapped array {name} of {Size(length)}", errno, RemedyFor(errno));
        }

        return Own(descriptor, length);
    }

    /// <summary>Maps one that another process made, by a descriptor which is owned here from now on.</summary>
    /// <exception cref="LinuxException">It is another kind of descriptor.</exception>
    public static MappedArray FromDescriptor(int descriptor)
    {
        if (!BpfAbi.TryGetInfo(descriptor, out BpfAbi.MapInfo info) || info.Type != (uint)BpfMapType.Array || info.MaxEntries != 1)
        {
            new FileDescriptor(descriptor).Dispose();
            throw new LinuxException("bpf(BPF_OBJ_GET_INFO_BY_FD)", string.Create(CultureInfo.InvariantCulture, $"descriptor {descriptor}"),
                Errno.EINVAL, "a mapped array is expected; start both processes from the same binary");
        }

        return Own(descriptor, (int)info.ValueSize);
    }

    /// <summary>Takes it out of this process's memory; nobody may use <see cref="Address"/> any more.</summary>
    public void Dispose()
    {
        if (_memory != null) _ = LibC.munmap(_memory, (size_t)Mapped);
        _memory = null;
        _descriptor.Dispose();
    }

    private static MappedArray Own(int descriptor, int length)
    {
        var owned = new FileDescriptor(descriptor);
        try
        {
            return new(owned, length);
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    private static string Size(int length) => string.Create(CultureInfo.InvariantCulture, $"{length >> 10} KiB");

    private static string? RemedyFor(int errno) => errno switch
    {
        Errno.EINVAL => "Linux 5.5 or newer is needed",
        Errno.E2BIG => "Linux 5.16 or newer is needed for more than 4 MiB",
        Errno.ENOMEM => "free memory, or take less",
        Errno.EPERM => BpfRefusal.Remedy,
        _ => null,
    };
}
