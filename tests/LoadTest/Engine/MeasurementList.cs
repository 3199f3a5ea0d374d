using Director.LoadScenarios;

namespace Director.Tests.LoadTest.Engine;

/// <summary>Measurements in the order in which they came.</summary>
internal sealed class MeasurementList : List<Measurement>, IMeasurementSink
{
    void IMeasurementSink.Add(Measurement measurement)
    {
        lock (this) Add(measurement);
    }

    public IEnumerable<Measurement> Iterations => this.Where(measurement => measurement.IsIteration);
}
