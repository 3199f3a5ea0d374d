using System.Globalization;
using Director.Datapath.Ports;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>
/// Memory that the kernel is asked to keep in huge pages (<c>MADV_HUGEPAGE</c>, madvise(2)): a table of many megabytes then needs few
/// address translations, where in pages of 4 KiB nearly every look at it needs one of its own. Where the kernel does not, because it was
/// told not to or has none free, the pages are small ones, as is what remains behind the last whole huge page. Reserved huge pages
/// (hugetlbfs) are not taken: what is mapped there may prove absent when it is touched.
/// </summary>
public sealed unsafe class LargePages : IMemoryPort
{
    /// <summary>Bytes of a huge page, and what all memory from here is aligned to.</summary>
    public const int Size = 2 << 20;

    private LargePages()
    {
    }

    /// <summary>The only one: it holds nothing.</summary>
    public static LargePages Instance { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="LinuxException">There is not enough memory.</exception>
    public nint Take(nuint bytes) => Map(bytes, "table", "allow fewer connections (Datapath:Connections)");

    /// <inheritdoc/>
    public void Return(nint address, nuint bytes) => _ = LibC.munmap((void*)address, (size_t)bytes);

    /// <summary>Takes memory for <paramref name="what"/>.</summary>
    /// <exception cref="LinuxException">There is not enough; <paramref name="remedy"/> is what helps besides more of it.</exception>
    internal static nint Map(nuint bytes, string what, string remedy)
    {
        // As much more as it takes to begin on a boundary; what lies around what is used goes back.
        var length = RoundUp(bytes, (nuint)Environment.SystemPageSize);
        var mapped = LibC.mmap(null, (size_t)(length + Size), LibC.PROT_READ | LibC.PROT_WRITE,
            LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS, -1, 0);
        if ((nint)mapped == -1)
        {
            throw LinuxException.FromLastError("mmap", string.Create(CultureInfo.InvariantCulture, $"{what} of {bytes >> 20} MiB"),
                $"free memory, or {remedy}");
        }

        var start = (nuint)mapped;
        var address = RoundUp(start, Size);
        if (address > start) _ = LibC.munmap(mapped, (size_t)(address - start));
        if (address < start + Size) _ = LibC.munmap((void*)(address + length), (size_t)(start + Size - address));
        _ = LibC.madvise((void*)address, (size_t)length, LibC.MADV_HUGEPAGE);
        return (nint)address;
    }

    /// <summary>The next multiple of <paramref name="unit"/>.</summary>
    internal static nuint RoundUp(nuint value, nuint unit) => (value + unit - 1) / unit * unit;
}
