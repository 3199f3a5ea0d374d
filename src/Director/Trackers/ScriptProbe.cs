using Director.Checks.Probes;
using Director.Linux.Processes;

namespace Director.Trackers;

/// <summary>
/// Runs a script and takes its exit code for the health of a server, and for its weight (keepalived check/check_misc.c). A script that
/// cannot be started at all is a failure as with keepalived, whose child exits with an error then; that this host is short of processes or
/// memory says nothing of the server.
/// </summary>
internal sealed class ScriptProbe(ScriptProbeSettings settings, ChildSpawner spawner, TimeProvider time) : IProbe
{
    /// <summary>The reason of a failure by timeout.</summary>
    public const string TimedOut = "timed out";

    /// <summary>The exit code that is weight 0.</summary>
    private const int WeightZero = 2;

    /// <summary>What a run means.</summary>
    /// <param name="outcome">How it went.</param>
    /// <param name="isDynamic">Whether exit codes from 2 on are weights.</param>
    public static ProbeResult ResultOf(ChildOutcome outcome, bool isDynamic)
    {
        if (outcome.TimedOut) return ProbeResult.Failure(TimedOut);
        if (outcome.Exit is not { } exit)
            return outcome.IsHostShort ? ProbeResult.LocalProblem(outcome.ToString()) : ProbeResult.Failure(outcome.ToString());
        if (exit.IsSuccess) return ProbeResult.Success;
        if (exit.WasKilled || !isDynamic || exit.Value < WeightZero) return ProbeResult.Failure(exit.ToString());
        return ProbeResult.Success with { Weight = new ProbeWeight(exit.Value - WeightZero, Replaces: true) };
    }

    /// <inheritdoc/>
    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        if (settings.Script.Command is not { } command) return ProbeResult.Failure($"not run: {settings.Script.Refusal}");
        var outcome = await ChildRun.RunAsync(spawner, command, settings.Timeout, time, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return ResultOf(outcome, settings.IsDynamic);
    }
}
