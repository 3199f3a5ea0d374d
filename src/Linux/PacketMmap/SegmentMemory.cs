using System.Runtime.InteropServices;
using Director.Datapath;

namespace Director.Linux.PacketMmap;

/// <summary>Memory for the segments of super-frames: one piece for each place of a batch, paid for when it is first used.</summary>
internal sealed unsafe class SegmentMemory : IDisposable
{
    /// <summary>Bytes of a segment, the largest that any MTU allows up to jumbo frames.</summary>
    public const int SegmentSize = 10240;

    private const int Piece = PacketLimits.Headroom + SegmentSize;

    private byte* _memory = (byte*)NativeMemory.Alloc(DatapathLimits.MaxBatchFrames, Piece);

    /// <summary>Where the frame at that place of the batch goes.</summary>
    public byte* Of(int place) => _memory + ((nint)place * Piece) + PacketLimits.Headroom;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
