using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Director.Datapath.Tables;

/// <summary>
/// Bytes of frames by their address. The caller vouches that the memory is there and is its own: a port's, from Receive to Commit.
/// </summary>
internal static unsafe class FrameMemory
{
    /// <summary>The <paramref name="length"/> bytes from <paramref name="address"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Bytes(nint address, int length) => new((void*)address, length);

    /// <summary>The value at <paramref name="address"/> + <paramref name="offset"/>, as it lies in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(nint address, int offset) where T : unmanaged => Unsafe.ReadUnaligned<T>((byte*)address + offset);

    /// <summary>Writes a value there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(nint address, int offset, T value) where T : unmanaged =>
        Unsafe.WriteUnaligned((byte*)address + offset, value);

    /// <summary>Starts to bring the cache line at <paramref name="address"/> in, where the processor can be told to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(nint address)
    {
        if (Sse.IsSupported) Sse.Prefetch0((void*)address);
    }
}
