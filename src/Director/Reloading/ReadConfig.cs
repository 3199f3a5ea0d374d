using System.Diagnostics;
using Director.Config;

namespace Director.Reloading;

/// <summary>A configuration as it was read for a reload, before anything is asked of the host.</summary>
/// <param name="Result">What the files say.</param>
/// <param name="Config">The same, sharing with the configuration in force what means the same.</param>
/// <param name="Started">When the reading began (<see cref="Stopwatch.GetTimestamp"/>).</param>
/// <param name="Stages">How long each step of it took, by name, in order.</param>
internal sealed record ReadConfig(
    ConfigResult Result, DirectorConfig Config, long Started, IReadOnlyList<(string Stage, TimeSpan Took)> Stages)
{
    /// <summary>
    /// Reads files, away from the control loop: nothing waits for it. Any thread.
    /// </summary>
    /// <param name="read">Reads them.</param>
    /// <param name="inForce">The configuration in force.</param>
    public static ReadConfig From(Func<ConfigResult> read, DirectorConfig inForce)
    {
        var started = Stopwatch.GetTimestamp();
        var result = read();
        var took = Stopwatch.GetElapsedTime(started);
        var config = result.HasErrors ? result.Config : ConfigReuse.Share(inForce, result.Config);
        return new(result, config, started, [("read", took), ("compare", Stopwatch.GetElapsedTime(started) - took)]);
    }
}
