using Director.Linux;
using Director.Linux.Xdp;

namespace Director.Hosting;

/// <summary>How frames are had: the devices of a <see cref="Steering"/>, and ports over them.</summary>
internal interface IFrameSource
{
    /// <summary>What goes before the names of its steering counters.</summary>
    string CounterPrefix { get; }

    /// <summary>The devices by device number, each as it was at the start or at <see cref="Renew"/>.</summary>
    IReadOnlyList<XdpDevice> Devices { get; }

    /// <summary>The most workers that it can feed if the device with the fewest has so many RX queues.</summary>
    int MaxWorkersOf(int queues);

    /// <summary>Descriptors that keep steering up as long as a process holds them.</summary>
    IEnumerable<int> LinkHandles { get; }

    /// <summary>Opens a worker's port; all are opened before a VIP is armed.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    IWorkerPort Open(int worker, int workers, IHostPort host);

    /// <summary>
    /// Goes on with device <paramref name="number"/> as it is now; if it was made again, or has other queues, ports are to be opened anew.
    /// </summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    void Renew(int number, XdpDevice now);

    /// <summary>Attaches again to a device that somebody has taken steering off; returns whether that was so.</summary>
    /// <exception cref="LinuxException">Somebody else's program has taken the place.</exception>
    bool TryReattach(int number);

    /// <summary>Frames of all devices that met one fate. Costs a system call a device.</summary>
    long Count(SteeringCounter counter);
}
