using Director.Linux.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Linux.Processes;

/// <summary>Runs within bounds, on a clock that the test moves.</summary>
public sealed class ChildRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private readonly ChildSpawner _spawner = new();
    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("run");
    private readonly CancellationTokenSource _stop = new();

    private string Started => Path.Combine(_folder.FullName, "started");

    public void Dispose()
    {
        _spawner.Dispose();
        _folder.Delete(recursive: true);
        _stop.Dispose();
    }

    [Fact]
    public async Task What_ends_in_time_has_its_own_outcome()
    {
        Assert.True((await Run("exit 0")).IsSuccess);
        Assert.Equal(new(new ChildExit(false, 7), false, null), await Run("exit 7"));
        var none = await ChildRun.RunAsync(_spawner, new("/nowhere/x", []), Timeout, _time, default);
        Assert.False(none.IsSuccess);
        Assert.Contains("/nowhere/x", none.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_end_of_its_time_the_whole_group_is_asked_to_end()
    {
        var run = Run($"sleep 1000 & echo $! > {Started}.new; mv {Started}.new {Started}; wait");
        var grandchild = await GrandchildAsync();

        _time.Advance(Timeout);
        var outcome = await run.WaitAsync(Patience);

        Assert.Equal(new(new ChildExit(true, 15), true, null), outcome);
        Assert.False(outcome.IsSuccess);
        Assert.False(ChildSpawnerTests.IsRunning(grandchild));
    }

    [Fact]
    public async Task What_does_not_heed_that_is_killed_two_seconds_later_and_not_before()
    {
        var run = Run($"trap '' TERM; sleep 1000 & echo $! > {Started}.new; mv {Started}.new {Started}; while :; do wait; sleep 1; done");
        var grandchild = await GrandchildAsync();

        _time.Advance(Timeout);
        while (_time.GetUtcNow() < _time.Start + Timeout + ChildRun.Grace)
        {
            Assert.False(run.IsCompleted);
            await Task.Delay(20);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(new(new ChildExit(true, 9), true, null), await run.WaitAsync(Patience));
        Assert.False(ChildSpawnerTests.IsRunning(grandchild));
    }

    [Fact]
    public async Task Cancelled_it_ends_the_same_way_and_did_not_time_out()
    {
        var run = Run($"sleep 1000 & echo $! > {Started}.new; mv {Started}.new {Started}; wait");
        var grandchild = await GrandchildAsync();

        await _stop.CancelAsync();

        Assert.Equal(new(new ChildExit(true, 15), false, null), await run.WaitAsync(Patience));
        Assert.False(ChildSpawnerTests.IsRunning(grandchild));
    }

    private Task<ChildOutcome> Run(string script) =>
        ChildRun.RunAsync(_spawner, new("/bin/sh", ["-c", script]), Timeout, _time, _stop.Token);

    private async Task<string> GrandchildAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!File.Exists(Started)) await Task.Delay(10, patience.Token);
        return (await File.ReadAllTextAsync(Started)).Trim();
    }
}
