namespace Director.Datapath;

/// <summary>Bounds of the forwarding engine. Reaching one is a counted event, never an exception on the packet path.</summary>
public static class DatapathLimits
{
    /// <summary>Frames that a worker takes at once unless told otherwise: enough to hide a cache miss behind another, few enough for latency.</summary>
    public const int DefaultBatchFrames = 64;

    /// <summary>The most frames in one batch.</summary>
    public const int MaxBatchFrames = 1024;
}
