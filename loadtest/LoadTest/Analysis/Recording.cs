using Director.LoadScenarios;

namespace Director.LoadTest.Analysis;

/// <summary>The measurements of a run as they come. Safe from any thread.</summary>
internal sealed class Recording : IMeasurementSink
{
    private readonly List<Measurement> _measurements = [];
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Add(Measurement measurement)
    {
        lock (_gate) _measurements.Add(measurement);
    }

    /// <summary>Those that came after the first <paramref name="count"/>, in the order in which they came.</summary>
    public IReadOnlyList<Measurement> After(int count)
    {
        lock (_gate) return _measurements[count..];
    }
}
