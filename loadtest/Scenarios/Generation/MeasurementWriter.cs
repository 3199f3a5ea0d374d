namespace Director.LoadScenarios.Generation;

/// <summary>
/// Writes measurements as lines, many at a time: a system call for each would cost more than many a request. Safe from any thread.
/// </summary>
internal sealed class MeasurementWriter : IMeasurementSink, IDisposable
{
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(100);
    private readonly StreamWriter _output;
    private readonly Lock _gate = new();
    private readonly Timer _flush;

    /// <summary>Writes to <paramref name="output"/>.</summary>
    public MeasurementWriter(Stream output)
    {
        _output = new(output, bufferSize: 1 << 16);
        _flush = new(_ => Flush(), null, FlushPeriod, FlushPeriod);
    }

    /// <inheritdoc/>
    public void Add(Measurement measurement) => Write(measurement.ToString());

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        lock (_gate) _output.WriteLine(line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flush.Dispose();
        lock (_gate) _output.Dispose();
    }

    private void Flush()
    {
        lock (_gate)
            if (_output.BaseStream.CanWrite) _output.Flush();
    }
}
