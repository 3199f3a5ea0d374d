using Director.Linux.Bpf;
using Director.Net;

namespace Director.Linux.Vrrp;

/// <summary>
/// The filter in front of one receiving socket and the memory that the two share. One thread on this side; the filter runs on any.
/// </summary>
internal sealed unsafe class AdvertFilter : IDisposable
{
    private const int Routers = 256;

    private readonly MappedArray _memory;
    private readonly BpfProgram _program;
    private readonly bool _isV6;
    private readonly ulong[] _taken = new ulong[Routers];

    /// <summary>Loads it.</summary>
    /// <exception cref="LinuxException">The process may not use bpf(2), or the kernel is too old.</exception>
    public AdvertFilter(bool isV6, bool isUnicast)
    {
        _isV6 = isV6;
        _memory = MappedArray.Create("director_vrrp", Routers * AdvertFilterEntry.Size);
        try
        {
            _program = BpfProgram.Load(AdvertFilterProgram.Name, AdvertFilterProgram.Assemble(isV6, isUnicast, _memory.Descriptor),
                BpfProgramType.SocketFilter);
        }
        catch (LinuxException)
        {
            _memory.Dispose();
            throw;
        }
    }

    /// <summary>The program, for SO_ATTACH_BPF.</summary>
    public int ProgramDescriptor => _program.Descriptor;

    /// <summary>Says what of a virtual router's datagrams may pass.</summary>
    public void Set(byte virtualRouterId, AdvertInterest interest)
    {
        ref var entry = ref Entry(virtualRouterId);
        if (entry.Interest == interest) return;
        entry.Interest = interest;
        // What has been dropped for another reason is not told as if it were for this one.
        _taken[virtualRouterId] = Volatile.Read(ref entry.Dropped);
    }

    /// <summary>How many of a virtual router's datagrams have not passed since the last call.</summary>
    public long TakeDropped(byte virtualRouterId)
    {
        var dropped = Volatile.Read(ref Entry(virtualRouterId).Dropped);
        var news = dropped - _taken[virtualRouterId];
        _taken[virtualRouterId] = dropped;
        return (long)news;
    }

    /// <summary>The same of all virtual routers of which not everything may pass.</summary>
    public long TakeUnknown()
    {
        var news = 0L;
        for (var id = 0; id < Routers; id++)
        {
            if (Entry((byte)id).Interest != AdvertInterest.All) news += TakeDropped((byte)id);
        }

        return news;
    }

    /// <summary>Where the last datagram of a virtual router came from, if <paramref name="source"/> sent it.</summary>
    public MacAddress? SenderOf(byte virtualRouterId, IpAddress128 source)
    {
        ref var entry = ref Entry(virtualRouterId);
        fixed (byte* bytes = entry.Source)
        fixed (byte* mac = entry.Mac)
        {
            var sender = _isV6 ? IpAddress128.ReadV6(new(bytes, 16)) : IpAddress128.ReadV4(new(bytes, 4));
            var address = MacAddress.Read(new(mac, MacAddress.Size));
            return sender == source && address != default ? address : null;
        }
    }

    /// <summary>Lets go of memory and program, which the socket keeps as long as it needs it.</summary>
    public void Dispose()
    {
        _program.Dispose();
        _memory.Dispose();
    }

    private ref AdvertFilterEntry Entry(byte virtualRouterId) => ref ((AdvertFilterEntry*)_memory.Address)[virtualRouterId];
}
