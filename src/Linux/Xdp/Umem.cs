using System.Globalization;
using Tmds.Linux;

namespace Director.Linux.Xdp;

/// <summary>
/// The memory that frames live in, shared with the kernel: one mapping, cut into frames of <see cref="XdpLimits.FrameSize"/> bytes. It is
/// registered by the first socket of a port and outlives all of them.
/// </summary>
internal sealed unsafe class Umem : IDisposable
{
    private const int HugePage = 2 << 20;

    private readonly nuint _mapped;
    private byte* _memory;

    private Umem(byte* memory, nuint mapped, int frames, bool hugePages)
    {
        _memory = memory;
        _mapped = mapped;
        Frames = frames;
        HugePages = hugePages;
    }

    /// <summary>The first byte. UMEM addresses are offsets from here.</summary>
    public byte* Memory => _memory;

    /// <summary>How many frames it holds.</summary>
    public int Frames { get; }

    /// <summary>Bytes of all frames together.</summary>
    public ulong Length => (ulong)Frames * XdpLimits.FrameSize;

    /// <summary>Whether it stands in huge pages, which spare address translations.</summary>
    public bool HugePages { get; }

    /// <summary>Maps memory for at least <paramref name="frames"/> frames, in huge pages if there are any free.</summary>
    /// <exception cref="LinuxException">There is not enough memory.</exception>
    public static Umem Create(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        var wanted = (nuint)frames * XdpLimits.FrameSize;
        var hugeLength = RoundUp(wanted, HugePage);
        var memory = Map(hugeLength, LibC.MAP_HUGETLB);
        if (memory != null) return new(memory, hugeLength, (int)(hugeLength / XdpLimits.FrameSize), hugePages: true);

        var length = RoundUp(wanted, (nuint)Environment.SystemPageSize);
        memory = Map(length, 0);
        if (memory == null)
        {
            throw LinuxException.FromLastError("mmap", string.Create(CultureInfo.InvariantCulture, $"UMEM of {wanted >> 20} MiB"),
                "free memory, or use smaller rings or fewer workers");
        }

        return new(memory, length, (int)(length / XdpLimits.FrameSize), hugePages: false);
    }

    /// <summary>Gives the memory back. All sockets that use it are closed.</summary>
    public void Dispose()
    {
        if (_memory == null) return;
        _ = LibC.munmap(_memory, (size_t)_mapped);
        _memory = null;
    }

    private static byte* Map(nuint length, int flags)
    {
        var memory = LibC.mmap(null, (size_t)length, LibC.PROT_READ | LibC.PROT_WRITE,
            LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS | LibC.MAP_POPULATE | flags, -1, 0);
        return (nint)memory == -1 ? null : (byte*)memory;
    }

    private static nuint RoundUp(nuint value, nuint unit) => (value + unit - 1) / unit * unit;
}
