namespace Director.Datapath;

/// <summary>Bounds of the forwarding engine. Reaching one is a counted event, never an exception on the packet path.</summary>
public static class DatapathLimits
{
    /// <summary>Bytes in front of a received frame that every port leaves to the engine, for a VLAN tag.</summary>
    public const int FrameHeadroom = 4;

    /// <summary>
    /// Frames that a worker takes at once unless told otherwise: enough to hide a cache miss behind another, few enough for latency.
    /// </summary>
    public const int DefaultBatchFrames = 128;

    /// <summary>Looks at an empty port, with a pause after each, before a worker sleeps unless told otherwise: 20 to 50 µs.</summary>
    public const int DefaultSpinsBeforeSleep = 64;

    /// <summary>The most of them: tens of milliseconds.</summary>
    public const int MaxSpinsBeforeSleep = 1 << 16;

    /// <summary>The most frames in one batch.</summary>
    public const int MaxBatchFrames = 1024;

    /// <summary>
    /// The most connections of one worker: 64 bytes each must stay addressable with 32-bit slot numbers and 31-bit sizes.
    /// </summary>
    public const int MaxConnections = 1 << 27;

    /// <summary>Connections of one worker unless told otherwise: 21 MiB of address space, paid for as it fills.</summary>
    public const int DefaultConnections = 1 << 18;

    /// <summary>The most persistence templates, all workers together.</summary>
    public const int MaxTemplates = 1 << 26;

    /// <summary>Persistence templates unless told otherwise.</summary>
    public const int DefaultTemplates = 1 << 18;

    /// <summary>The most real servers of all services together, the removed ones that connections still refer to included.</summary>
    public const int MaxRealServers = (1 << 18) - 1;

    /// <summary>Steps that a worker takes through its expiry wheel per batch; four more for each frame of it.</summary>
    public const int ExpiryStepsPerBatch = 128;

    /// <summary>The same for a worker without frames, each time it looks for some.</summary>
    public const int ExpiryStepsWhenIdle = 4096;

    /// <summary>Slots that a worker looks at per batch for connections of a server that has left (<c>expire_nodest_conn</c>).</summary>
    public const int OrphanStepsPerBatch = 2048;

    /// <summary>The same for a worker without frames, each time it looks for some.</summary>
    public const int OrphanStepsWhenIdle = 1 << 16;

    /// <summary>Steps that a worker takes through each stripe of the persistence table once per tick.</summary>
    public const int ExpiryStepsPerStripe = 256;

    /// <summary>The most packets of an established connection that user space can be told to forward before it is offloaded.</summary>
    public const int MaxOffloadAfter = 100;

    /// <summary>Slots of closed flows that a worker gives back per batch.</summary>
    public const int FlowReleasesPerBatch = 64;

    /// <summary>The same for a worker without frames, each time it looks for some.</summary>
    public const int FlowReleasesWhenIdle = 4096;

    /// <summary>
    /// Connections whose offloaded packets a worker counts per batch, when somebody asks for the counters or a table is new.
    /// </summary>
    public const int OffloadStepsPerBatch = 1024;

    /// <summary>The same for a worker without frames, each time it looks for some.</summary>
    public const int OffloadStepsWhenIdle = 1 << 14;

    /// <summary>Extension headers of an IPv6 packet that are walked over to its ports; one with more is dropped.</summary>
    public const int MaxExtensionHeaders = 8;

    /// <summary>Fragmented datagrams whose first fragment one worker remembers; the one that ends first is forgotten first.</summary>
    public const int FragmentedDatagrams = 4096;

    /// <summary>Clients whose ICMP errors one worker remembers for the rate limit; the least recent is forgotten first.</summary>
    public const int IcmpLimitedClients = 4096;
}
