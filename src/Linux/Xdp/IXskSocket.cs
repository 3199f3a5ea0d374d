using Director.Linux.Abi;

namespace Director.Linux.Xdp;

/// <summary>
/// One AF_XDP socket as the port sees it: four rings and the calls that make the kernel look at them. Calls are per batch. Tests stand
/// in for the kernel behind it.
/// </summary>
internal interface IXskSocket : IDisposable
{
    /// <summary>Number of the device in frame slots.</summary>
    ushort Device { get; }

    /// <summary>Frames that have arrived.</summary>
    ConsumerRing<XdpAbi.Descriptor> Rx { get; }

    /// <summary>Frames to send.</summary>
    ProducerRing<XdpAbi.Descriptor> Tx { get; }

    /// <summary>Frames for the kernel to receive into.</summary>
    ProducerRing<ulong> Fill { get; }

    /// <summary>Frames that were sent.</summary>
    ConsumerRing<ulong> Completion { get; }

    /// <summary>What poll(2) is to wait on; -1 if nothing.</summary>
    int PollDescriptor { get; }

    /// <summary>Has the kernel send what stands in the TX ring, as far as it goes now. Returns 0, or why it stopped (errno).</summary>
    int KickTransmit();

    /// <summary>Has a driver that ran out of frames look at the fill ring again.</summary>
    void KickReceive();
}
