namespace Director.Linux.Xdp;

/// <summary>Bounds of the steering maps, which the kernel allocates when they are made.</summary>
public static class SteeringLimits
{
    /// <summary>The most VIPs that can be armed at once.</summary>
    public const int MaxVips = 4096;

    /// <summary>The most services that can be steered at once, each with its VIP, port and protocol.</summary>
    public const int MaxServices = 16384;

    /// <summary>The most receive queues of one device.</summary>
    public const int MaxQueues = 256;
}
