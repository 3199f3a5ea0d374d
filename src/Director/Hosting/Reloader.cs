using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Director.Admin;
using Director.Config;
using Director.Control;
using Director.Reloading;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>
/// Reads configurations for reloads and plans and hands them to the control loop. One reload at a time, in the order in which they were
/// asked for; several signals that wait together are one. The service manager is told when one begins and ends. Safe from any thread.
/// </summary>
internal sealed class Reloader(
    IConfigSource source, Func<DirectorConfig> inForce, ChannelWriter<ControlEvent> events, ISystemdNotifier? manager, ILogger log)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _signalWaits;

    /// <summary>
    /// Reads the configuration and has it in force, unless something is wrong with it. It goes on when whoever asked has gone.
    /// </summary>
    public async Task<ReloadAnswer> ReloadAsync()
    {
        await _turn.WaitAsync();
        try
        {
            Volatile.Write(ref _signalWaits, 0);
            Notify(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Microseconds()}"));
            ReloadAnswer? answer = null;
            try
            {
                var read = await Task.Run(() => ReadConfig.From(source.Read, inForce()));
                return answer = await AskAsync(read, (given, reply) => new ControlEvent.Reload(given, reply));
            }
            finally
            {
                Notify($"READY=1\nSTATUS={Summary(answer)}");
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says what the files that <paramref name="read"/> reads would change.</summary>
    public async Task<ReloadAnswer> PlanAsync(Func<ConfigResult> read)
    {
        var given = await Task.Run(() => ReadConfig.From(read, inForce()));
        return await AskAsync(given, (config, reply) => new ControlEvent.Plan(config, reply));
    }

    /// <summary>Says what the configuration where it is kept would change.</summary>
    public Task<ReloadAnswer> PlanAsync() => PlanAsync(source.Read);

    /// <summary>Reloads because of a signal, of which nobody waits for an answer.</summary>
    public void Signal(string why)
    {
        if (Interlocked.Exchange(ref _signalWaits, 1) == 1)
        {
            log.LogInformation("{Why}: a reload waits already", why);
            return;
        }

        log.LogInformation("{Why}: reload", why);
        _ = LoggedAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task LoggedAsync()
    {
        try
        {
            await ReloadAsync();
        }
        catch (Exception exception)
        {
            log.LogError(exception, "reload");
        }
    }

    private async Task<ReloadAnswer> AskAsync(ReadConfig read, Func<ReadConfig, TaskCompletionSource<ReloadAnswer>, ControlEvent> question)
    {
        var answer = new TaskCompletionSource<ReloadAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        await events.WriteAsync(question(read, answer));
        return await answer.Task;
    }

    /// <summary>As <c>systemctl status</c> shows it.</summary>
    private static string Summary(ReloadAnswer? answer) => answer switch
    {
        null => "the last reload failed",
        { Applied: false } => $"the last reload was refused, the configuration before goes on: {string.Join("; ", answer.Refusals)}",
        { Status.Generation: var generation } => string.Create(CultureInfo.InvariantCulture,
            $"configuration {generation} is in force since {answer.Status.Last?.At:u}"),
        _ => "",
    };

    private void Notify(string state) => manager?.Notify(new(state));

    /// <summary>CLOCK_MONOTONIC, which <see cref="Stopwatch"/> reads on Linux.</summary>
    private static long Microseconds() => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
}
