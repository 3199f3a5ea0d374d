using Director.Linux;
using Director.Linux.Xdp;

namespace Director.Hosting;

/// <summary>How frames are had: the devices of a <see cref="Steering"/>, and ports over them.</summary>
internal interface IFrameSource
{
    /// <summary>What goes before the names of its steering counters.</summary>
    string CounterPrefix { get; }

    /// <summary>How many workers serve it if nothing is said: one for each RX queue of the device with the fewest.</summary>
    int Queues { get; }

    /// <summary>The most workers that it can feed.</summary>
    int MaxWorkers { get; }

    /// <summary>Descriptors that keep steering up as long as a process holds them.</summary>
    IEnumerable<int> LinkHandles { get; }

    /// <summary>Opens a worker's port; all are opened before a VIP is armed.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    IWorkerPort Open(int worker, int workers, IHostPort host);

    /// <summary>What has changed about the devices so that only a new start will do, in a sentence; null if nothing has.</summary>
    /// <exception cref="LinuxException">A device is gone.</exception>
    string? FindChange();

    /// <summary>Frames of all devices that met one fate. Costs a system call a device.</summary>
    long Count(SteeringCounter counter);
}
