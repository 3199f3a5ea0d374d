using Director.Datapath.Ports;

namespace Director.Hosting;

/// <summary>A worker's port, and what is told of it.</summary>
internal interface IWorkerPort : IDisposable
{
    /// <summary>Where the worker's frames come from and go to.</summary>
    IFramePort Frames { get; }

    /// <summary>Its sockets, in words.</summary>
    IEnumerable<string> Sockets { get; }

    /// <summary>Writes its counters, those of its sockets and the kernel's for them, by name.</summary>
    void Count(Dictionary<string, long> counters);
}
