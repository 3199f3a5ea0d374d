using System.Runtime.CompilerServices;

namespace Director.Linux.Xdp;

/// <summary>
/// Who has each frame of a UMEM, one byte a frame, and the list of those that nobody has. Last in, first out: the frame given back
/// last is the one still in the cache. What the kernel hands us is checked here against what we handed it. One thread only.
/// </summary>
internal sealed class FrameOwnership
{
    private readonly byte[] _owners;
    private readonly int[] _free;
    private int _freeCount;

    /// <summary>Makes the table of <paramref name="frames"/> frames, all of them free.</summary>
    public FrameOwnership(int frames)
    {
        _owners = new byte[frames];
        _free = new int[frames];
        for (var frame = frames - 1; frame >= 0; frame--) _free[_freeCount++] = frame;
    }

    /// <summary>How many frames there are.</summary>
    public int Frames => _owners.Length;

    /// <summary>How many of them nobody has.</summary>
    public int Free => _freeCount;

    /// <summary>Takes a free frame for <paramref name="owner"/>. The caller has seen that there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(FrameOwner owner)
    {
        var frame = _free[--_freeCount];
        _owners[frame] = owner.Value;
        return frame;
    }

    /// <summary>
    /// Hands a frame on, if there is one of that number and <paramref name="from"/> has it; else changes nothing and returns false.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMove(ulong frame, FrameOwner from, FrameOwner to)
    {
        if (frame >= (ulong)_owners.Length) return false;
        ref var owner = ref _owners[frame];
        if (owner != from.Value) return false;
        owner = to.Value;
        return true;
    }

    /// <summary>Gives a frame back, if <paramref name="from"/> has it; else changes nothing and returns false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFree(ulong frame, FrameOwner from)
    {
        if (!TryMove(frame, from, FrameOwner.Nobody)) return false;
        _free[_freeCount++] = (int)frame;
        return true;
    }

    /// <summary>How many frames <paramref name="owner"/> has. Looks at each: for tests and status.</summary>
    public int CountOf(FrameOwner owner)
    {
        var count = 0;
        foreach (var value in _owners) if (value == owner.Value) count++;
        return count;
    }
}
