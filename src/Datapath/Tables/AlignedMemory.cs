using System.Runtime.InteropServices;

namespace Director.Datapath.Tables;

/// <summary>
/// Zeroed memory outside the garbage collector's heap, aligned to a cache line. Pages that nobody touches are not paid for. The owner
/// disposes of it after its last user; the finalizer only helps tests that forget.
/// </summary>
internal sealed unsafe class AlignedMemory<T> : IDisposable
    where T : unmanaged
{
    private const int Line = 64;

    private void* _allocation;

    /// <summary>Takes room for <paramref name="count"/> values; throws <see cref="OutOfMemoryException"/> if there is none.</summary>
    public AlignedMemory(int count)
    {
        _allocation = NativeMemory.AllocZeroed((nuint)count * (nuint)sizeof(T) + Line);
        Pointer = (T*)(((nuint)_allocation + (Line - 1)) & ~(nuint)(Line - 1));
    }

    ~AlignedMemory() => Release();

    /// <summary>The first value.</summary>
    public T* Pointer { get; }

    /// <summary>Value <paramref name="index"/>, below the count.</summary>
    public ref T this[uint index] => ref Pointer[index];

    /// <summary>Where the first value is, for those who hand addresses on and do not follow them.</summary>
    public nint Address => (nint)Pointer;

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        NativeMemory.Free(_allocation);
        _allocation = null;
    }
}
