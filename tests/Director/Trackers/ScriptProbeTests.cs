using System.Diagnostics;
using Director.Checks.Probes;
using Director.Linux.Processes;
using Director.Trackers;
using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Trackers;

public sealed class ScriptProbeTests : IDisposable
{
    private readonly ChildSpawner _spawner = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("misc-check").FullName;

    public void Dispose()
    {
        _spawner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(0, false, "up")]
    [InlineData(1, false, "exited with 1")]
    [InlineData(2, false, "exited with 2")]
    [InlineData(255, false, "exited with 255")]
    [InlineData(0, true, "up")]
    [InlineData(1, true, "exited with 1")]
    [InlineData(2, true, "weight 0")]
    [InlineData(3, true, "weight 1")]
    [InlineData(255, true, "weight 253")]
    public void An_exit_code_means_health_or_a_weight(int code, bool isDynamic, string expected) =>
        Assert.Equal(expected, Shown(ScriptProbe.ResultOf(new(new(false, code), false, null), isDynamic)));

    [Fact]
    public void A_signal_a_timeout_and_what_cannot_be_started_are_failures_but_a_host_without_processes_is_not()
    {
        Assert.Equal("was killed by signal 9", Shown(ScriptProbe.ResultOf(new(new(true, 9), false, null), isDynamic: true)));
        Assert.Equal("timed out", Shown(ScriptProbe.ResultOf(new(new(false, 0), true, null), isDynamic: true)));
        Assert.Equal("no such file", Shown(ScriptProbe.ResultOf(new(null, false, "no such file"), isDynamic: true)));
        Assert.Equal(ProbeOutcome.LocalProblem,
            ScriptProbe.ResultOf(new(null, false, "EAGAIN") { IsHostShort = true }, isDynamic: true).Outcome);
    }

    [Fact]
    public async Task A_script_runs_without_a_shell_and_its_exit_code_is_the_weight()
    {
        Assert.Equal("weight 5", Shown(await RunAsync("exit $(($#+4))", ["a b;exit 1", "$HOME", "*"])));
        Assert.Equal("exited with 1", Shown(await RunAsync("[ \"$1\" != 'a b;exit 1' ]", ["a b;exit 1"])));
        var missing = new ResolvedScript(new("/nonexistent/script", []), null, "there is no /nonexistent/script");
        Assert.Equal(ProbeOutcome.Failure, (await Probe(missing, TimeSpan.FromSeconds(30), TimeProvider.System)
            .RunAsync(default)).Outcome);
        var refused = await Probe(new(null, "there is no user x", null), TimeSpan.FromSeconds(30), TimeProvider.System).RunAsync(default);
        Assert.Equal("not run: there is no user x", refused.Reason);
    }

    [Fact]
    public async Task A_script_that_takes_too_long_ends_with_its_whole_group()
    {
        var pids = Path.Combine(_folder, "pids");
        var path = Script($"trap '' TERM\nsleep 1000 &\necho $! > {pids}.new\nmv {pids}.new {pids}\nwait\nwait");
        var time = new FakeTimeProvider();
        var running = Probe(new(new(path, []), null, null), TimeSpan.FromSeconds(5), time).RunAsync(default);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(pids), TimeSpan.FromSeconds(30)));
        var sleeper = int.Parse(await File.ReadAllTextAsync(pids), System.Globalization.CultureInfo.InvariantCulture);
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, Task.Delay(20));
        }

        Assert.Equal("timed out", Shown(await running));
        Assert.True(SpinWait.SpinUntil(() => IsGone(sleeper), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_check_that_is_no_longer_wanted_ends_its_script()
    {
        using var cancel = new CancellationTokenSource();
        var running = Probe(new(new("/bin/sleep", ["1000"]), null, null), TimeSpan.FromSeconds(2000), TimeProvider.System)
            .RunAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Two_are_the_same_check_if_the_same_is_run_in_the_same_way()
    {
        var one = new ScriptProbeSettings(new(new("/bin/x", ["a"]), null, null), TimeSpan.FromSeconds(1), false);
        Assert.Equal(one, new(new(new("/bin/x", ["a"]), null, "a warning"), TimeSpan.FromSeconds(1), false));
        Assert.Equal(one.GetHashCode(), one with { } is var same ? same.GetHashCode() : 0);
        Assert.NotEqual(one, new(new(new("/bin/x", ["b"]), null, null), TimeSpan.FromSeconds(1), false));
        Assert.NotEqual(one, one with { IsDynamic = true });
        Assert.NotEqual(one, one with { Timeout = TimeSpan.FromSeconds(2) });
    }

    private static bool IsGone(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static string Shown(ProbeResult result) => result.Outcome switch
    {
        ProbeOutcome.Success => result.Weight is { Replaces: true } weight
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"weight {weight.Value}")
            : "up",
        _ => result.Reason!,
    };

    private async Task<ProbeResult> RunAsync(string text, string[] arguments) =>
        await Probe(new(new(Script(text), arguments), null, null), TimeSpan.FromSeconds(60), TimeProvider.System).RunAsync(default);

    private ScriptProbe Probe(ResolvedScript script, TimeSpan timeout, TimeProvider time) =>
        new(new(script, timeout, IsDynamic: true), _spawner, time);

    private string Script(string text)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
