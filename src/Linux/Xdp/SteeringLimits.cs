namespace Director.Linux.Xdp;

/// <summary>Bounds of the steering maps, which the kernel allocates when they are made.</summary>
public static class SteeringLimits
{
    /// <summary>The most VIPs that can be armed at once: 1.5 MB of the kernel's.</summary>
    public const int MaxVips = 1 << 14;

    /// <summary>
    /// The most services, masqueraded servers, addresses of such servers and, beside any of those, addresses of the host at once: 4 MB of
    /// the kernel's, and about 100 bytes for each that there is.
    /// </summary>
    public const int MaxPlaces = 1 << 18;

    /// <summary>The most receive queues of one device.</summary>
    public const int MaxQueues = 256;
}
