namespace Director.Perf.Measurement;

/// <summary>What was seen in a stretch of time.</summary>
/// <param name="Offered">Frames a second that the generator sent.</param>
/// <param name="Delivered">Frames a second that arrived.</param>
/// <param name="Cpu">How busy each processor was, 0 to 1.</param>
internal sealed record Window(double Offered, double Delivered, double[] Cpu)
{
    /// <summary>Of the frames that arrived, those a second that begin a connection.</summary>
    public double Connections { get; init; }

    /// <summary>How long frames took, if the cell is timed.</summary>
    public LatencyFigures? Latency { get; init; }

    /// <summary>The share of what was sent that did not arrive, 0 to 1; less than 0 never, as a queue may empty itself.</summary>
    public double Loss => Offered > 0 ? Math.Max(0, 1 - Delivered / Offered) : 0;
}
