using System.Runtime.InteropServices;
using Director.Datapath.Ports;

namespace Director.Datapath.Tables;

/// <summary>
/// Zeroed memory outside the garbage collector's heap, aligned to a cache line. Pages that nobody touches are not paid for. The owner
/// disposes of it after its last user; the finalizer only helps tests that forget.
/// </summary>
internal sealed unsafe class AlignedMemory<T> : IDisposable
    where T : unmanaged
{
    private const int Line = 64;

    private readonly IMemoryPort? _port;
    private readonly nuint _bytes;
    private void* _allocation;

    /// <summary>Takes room for <paramref name="count"/> values.</summary>
    /// <param name="count">How many.</param>
    /// <param name="port">Where from; null for the C library's heap.</param>
    /// <exception cref="OutOfMemoryException">The heap has none.</exception>
    public AlignedMemory(int count, IMemoryPort? port = null)
    {
        _port = port;
        _bytes = ((nuint)count * (nuint)sizeof(T)) + Line;
        _allocation = port is null ? NativeMemory.AllocZeroed(_bytes) : (void*)port.Take(_bytes);
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
        if (_allocation == null) return;
        if (_port is null) NativeMemory.Free(_allocation);
        else _port.Return((nint)_allocation, _bytes);
        _allocation = null;
    }
}
