using System.Runtime.InteropServices;

namespace Director.Linux.Vrrp;

/// <summary>What a socket filter knows of one virtual router: written by it and by the process. Addresses as on the wire.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct AdvertFilterEntry
{
    public const int Size = 48;
    public const int InterestAt = 0;
    public const int DroppedAt = 8;
    public const int SampledAt = 16;
    public const int MacAt = 24;
    public const int SourceAt = 32;

    /// <summary>What may pass.</summary>
    public AdvertInterest Interest;

    /// <summary>How many have not passed.</summary>
    public ulong Dropped;

    /// <summary>When the last passed of those of which few may, nanoseconds of the monotonic clock.</summary>
    public ulong Sampled;

    /// <summary>Six bytes: where the last that passed came from; zeros if that is not known.</summary>
    public fixed byte Mac[8];

    /// <summary>Four or sixteen bytes: who sent the last that passed.</summary>
    public fixed byte Source[16];
}
