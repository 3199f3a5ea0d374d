using Director.Linux.Bpf;

namespace Director.Linux.Xdp;

/// <summary>The counters of one device's steering, which its program keeps for each processor.</summary>
internal sealed class SteeringCounterMap : IDisposable
{
    private static readonly int Kinds = Enum.GetValues<SteeringCounter>().Length;

    private readonly BpfMap<uint, ulong> _map;

    private SteeringCounterMap(BpfMap<uint, ulong> map) => _map = map;

    /// <summary>Its descriptor, for the program.</summary>
    public int Descriptor => _map.Descriptor;

    /// <summary>Makes it, all zero.</summary>
    /// <exception cref="LinuxException">The process may not use bpf(2).</exception>
    public static SteeringCounterMap Create() => new(BpfMap<uint, ulong>.Create(BpfMapType.PerCpuArray, "director_count", Kinds));

    /// <summary>Sums over all processors. Costs a system call a kind.</summary>
    public SteeringCounts Read()
    {
        Span<ulong> values = stackalloc ulong[Kinds];
        var parts = new ulong[Processors.Possible];
        for (var kind = 0; kind < Kinds; kind++)
        {
            _map.GetPerCpu((uint)kind, parts);
            foreach (var part in parts) values[kind] += part;
        }

        return new(values);
    }

    /// <inheritdoc/>
    public void Dispose() => _map.Dispose();
}
