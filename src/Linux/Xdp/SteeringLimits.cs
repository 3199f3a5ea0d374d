namespace Director.Linux.Xdp;

/// <summary>Bounds of the steering maps, which the kernel allocates when they are made.</summary>
public static class SteeringLimits
{
    /// <summary>The most VIPs that can be armed at once.</summary>
    public const int MaxVips = 4096;

    /// <summary>
    /// The most services, masqueraded servers, addresses of such servers and, beside any of those, addresses of the host at once: 6 MB of
    /// the kernel's.
    /// </summary>
    public const int MaxPlaces = 1 << 16;

    /// <summary>The most receive queues of one device.</summary>
    public const int MaxQueues = 256;
}
