namespace Director.Linux.Processes;

/// <summary>Runs a program to its end, within bounds.</summary>
public static class ChildRun
{
    /// <summary>Between asking a group to end and killing it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Starts <paramref name="command"/> and waits for its end. At the end of its time its process group gets SIGTERM, and SIGKILL after
    /// <see cref="Grace"/>; cancelled, the same at once. When this returns, the process is gone, and after a signal its group too.
    /// </summary>
    /// <param name="spawner">Who starts it.</param>
    /// <param name="command">What.</param>
    /// <param name="timeout">How long it may run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the run early; the outcome says how the program ended, and is no exception.</param>
    public static async Task<ChildOutcome> RunAsync(
        ChildSpawner spawner, ChildCommand command, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var child = await spawner.StartAsync(command).ConfigureAwait(false);
            var inTime = await EndsAsync(child, timeout, time, cancellation).ConfigureAwait(false);
            if (inTime) return new(await child.Exit.ConfigureAwait(false), false, null);
            child.Terminate();
            if (!await EndsAsync(child, Grace, time, default).ConfigureAwait(false)) child.Kill();
            return new(await child.Exit.ConfigureAwait(false), !cancellation.IsCancellationRequested, null);
        }
        catch (LinuxException refusal)
        {
            return new(null, false, refusal.Message) { IsHostShort = refusal.IsOutOfResources };
        }
        catch (ObjectDisposedException)
        {
            return new(null, false, "the program ends") { IsHostShort = true };
        }
    }

    private static async Task<bool> EndsAsync(Child child, TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await child.Exit.WaitAsync(within, time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return child.Exit.IsCompleted;
        }
    }
}
