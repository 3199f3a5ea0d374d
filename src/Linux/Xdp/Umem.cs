using Tmds.Linux;

namespace Director.Linux.Xdp;

/// <summary>
/// The memory that frames live in, shared with the kernel: one mapping, cut into frames of <see cref="XdpLimits.FrameSize"/> bytes. It is
/// registered by the first socket of a port and outlives all of them.
/// </summary>
internal sealed unsafe class Umem : IDisposable
{
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

    /// <summary>Whether it stands in huge pages that were reserved; others may be huge all the same (<see cref="LargePages"/>).</summary>
    public bool HugePages { get; }

    /// <summary>Takes memory for at least <paramref name="frames"/> frames, in reserved huge pages if there are any free.</summary>
    /// <exception cref="LinuxException">There is not enough memory.</exception>
    public static Umem Create(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        var length = LargePages.RoundUp((nuint)frames * XdpLimits.FrameSize, LargePages.Size);
        var memory = LibC.mmap(null, (size_t)length, LibC.PROT_READ | LibC.PROT_WRITE,
            LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS | LibC.MAP_POPULATE | LibC.MAP_HUGETLB, -1, 0);
        var isReserved = (nint)memory != -1;
        if (!isReserved) memory = (void*)LargePages.Map(length, "UMEM", "use smaller rings or fewer workers");
        return new((byte*)memory, length, (int)(length / XdpLimits.FrameSize), isReserved);
    }

    /// <summary>Gives the memory back. All sockets that use it are closed.</summary>
    public void Dispose()
    {
        if (_memory == null) return;
        _ = LibC.munmap(_memory, (size_t)_mapped);
        _memory = null;
    }
}
