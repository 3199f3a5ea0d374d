using Director.Datapath.Offload;
using Director.Linux.Bpf;

namespace Director.Linux.Xdp;

/// <summary>
/// The epoch that offloaded flows are open in, and behind it the servers' gates, in memory that the programs read. Moving the epoch on
/// closes every flow, whoever does it: the main process, or the one that owns the addresses, when one of them goes. Any thread.
/// </summary>
public sealed unsafe class FlowEpoch : IDisposable
{
    /// <summary>Bytes in front of the gates, so that these do not share the epoch's cache line.</summary>
    internal const int GatesAt = 64;

    /// <summary>Bytes of all.</summary>
    internal const int Length = GatesAt + (FlowLayout.Gates * sizeof(uint));

    private readonly MappedArray _array;

    private FlowEpoch(MappedArray array) => _array = array;

    /// <summary>Its descriptor, to hand to the other process. Owned by this object.</summary>
    public int Handle => _array.Descriptor;

    /// <summary>The epoch of this moment; never 0.</summary>
    public uint Now => Volatile.Read(ref *Word);

    /// <summary>Opens one that another process made, by a descriptor received from it, which is owned here from now on.</summary>
    /// <exception cref="LinuxException">It is another kind of descriptor.</exception>
    public static FlowEpoch FromHandle(int descriptor) => new(MappedArray.FromDescriptor(descriptor));

    /// <summary>Closes every flow. A packet that a program has matched by now goes on its way; none that comes later does.</summary>
    public void MoveOn()
    {
        // 0 is the mark of a closed slot.
        if (Interlocked.Increment(ref *Word) == 0) Interlocked.Increment(ref *Word);
    }

    /// <summary>Takes it out of this process; programs keep it.</summary>
    public void Dispose() => _array.Dispose();

    /// <summary>Makes it, in its first epoch.</summary>
    internal static FlowEpoch Create()
    {
        var epoch = new FlowEpoch(MappedArray.Create("director_epoch", Length));
        epoch.MoveOn();
        return epoch;
    }

    /// <summary>Where it stands.</summary>
    internal nint Address => _array.Address;

    /// <summary>Where the gates stand.</summary>
    internal nint Gates => _array.Address + GatesAt;

    private uint* Word => (uint*)_array.Address;
}
