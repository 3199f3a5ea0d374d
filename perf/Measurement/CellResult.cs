namespace Director.Perf.Measurement;

/// <summary>How a cell came out: measured, failed or skipped.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Windows">What was measured, in order; none if it was not.</param>
/// <param name="Why">Why it was not measured; null if it was.</param>
/// <param name="Skipped">Whether it was not even tried, because something is not here.</param>
internal sealed record CellResult(Cell Cell, IReadOnlyList<Window> Windows, string? Why = null, bool Skipped = false)
{
    /// <summary>How long frames took, if the cell is timed: the medians of the windows.</summary>
    public LatencyFigures? Latency => LatencyFigures.Middle([.. Windows.Select(window => window.Latency).OfType<LatencyFigures>()]);

    /// <summary>What became of established connections while there were new ones; null if that was not looked at.</summary>
    public Kept? Kept { get; init; }

    /// <summary>Where the engine knows to have lost frames, opening connections included; null if nowhere.</summary>
    public string? Losses { get; init; }

    /// <summary>Garbage collections of the engine in all windows; null if it has none.</summary>
    public long? Collections { get; init; }

    /// <summary>Whether there are figures.</summary>
    public bool Measured => Windows.Count > 0;

    /// <summary>Whether it was tried and came to nothing.</summary>
    public bool Failed => !Measured && !Skipped;

    /// <summary>Frames a second delivered: the median of the windows.</summary>
    public double Delivered => Middle(window => window.Delivered);

    /// <summary>Of these, those that begin a connection.</summary>
    public double Connections => Middle(window => window.Connections);

    /// <summary>Frames a second sent.</summary>
    public double Offered => Middle(window => window.Offered);

    /// <summary>The share that was lost.</summary>
    public double Loss => Middle(window => window.Loss);

    /// <summary>How busy each processor was.</summary>
    public double[] Cpu => [.. Windows[0].Cpu.Select((_, cpu) => Middle(window => window.Cpu[cpu]))];

    /// <summary>How far the windows are apart: the largest less the smallest, as a share of the median.</summary>
    public double Spread => (Windows.Max(window => window.Delivered) - Windows.Min(window => window.Delivered)) / Delivered;

    private double Middle(Func<Window, double> value) => Median.Of(Windows.Select(value));
}
