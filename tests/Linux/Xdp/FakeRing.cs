using System.Runtime.InteropServices;
using Director.Linux.Xdp;

namespace Director.Tests.Linux.Xdp;

/// <summary>A ring in plain memory: one end for the code under test, the other for the test.</summary>
internal sealed unsafe class FakeRing<T> : IDisposable
    where T : unmanaged
{
    private const int Flags = 8;
    private const int Entries = 64;

    private readonly byte* _memory;

    /// <param name="size">Entries, a power of two.</param>
    /// <param name="start">Where both indices start; near the top, they wrap around soon.</param>
    public FakeRing(int size, uint start = 0)
    {
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)(Entries + size * sizeof(T)));
        Memory = new((nint)_memory, (nint)_memory + sizeof(uint), (nint)_memory + Flags, (nint)_memory + Entries, size);
        *Memory.ProducerIndex = *Memory.ConsumerIndex = start;
    }

    public RingMemory Memory { get; }

    public bool NeedsWakeup
    {
        set => *Memory.FlagWord = value ? 1u : 0u;
    }

    public void Dispose() => NativeMemory.Free(_memory);
}
