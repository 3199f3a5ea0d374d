namespace Director.Checks.Probes;

/// <summary>One kind of attempt on one server. Bounded in time by its own settings.</summary>
public interface IProbe
{
    /// <summary>Tries once. Whatever happens is a result, except the cancellation.</summary>
    /// <param name="cancellation">The check is no longer wanted.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was requested.</exception>
    Task<ProbeResult> RunAsync(CancellationToken cancellation);

    /// <summary>The same of a probe that has steps, of which each attempt is one (<see cref="ProbeSettings.NewWalk"/>).</summary>
    /// <param name="step">Which, from 0.</param>
    /// <param name="cancellation">As above.</param>
    Task<ProbeResult> RunAsync(int step, CancellationToken cancellation) => RunAsync(cancellation);
}
