using System.Collections.Concurrent;
using System.Diagnostics;
using Director.Linux.Processes;
using Director.Tests.Linux.Netlink;
using Director.Tracking;
using Director.Trackers;
using Director.Vrrp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Director.Tests.Trackers;

/// <summary>Processes counted as the kernel tells of them.</summary>
public sealed class ProcessTrackersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [ProcessEventFact]
    public async Task Programs_that_come_go_and_fork_are_counted_when_the_kernel_tells_of_them()
    {
        var folder = Directory.CreateTempSubdirectory("processes");
        try
        {
            var shell = Path.Combine(folder.FullName, "counted-shell");
            File.Copy("/bin/sh", shell);
            var told = new ConcurrentQueue<TrackerStatus>();
            using var spawner = new ChildSpawner();
            using var trackers = new ProcessTrackers((_, status) => told.Enqueue(status), TimeProvider.System, NullLogger.Instance);
            trackers.Replace(
            [
                new("shells", new(new("counted-shell", [], ParameterMatch.None, false), 2, 2, TimeSpan.Zero, TimeSpan.Zero)),
            ]);
            await UntilAsync(() => trackers.Snapshot() is [{ Detail: "0 processes" }]);

            // One that makes a copy of itself, and one that becomes another program.
            var two = await spawner.StartAsync(new(shell, ["-c", $"mkfifo {shell}.pipe; (read x < {shell}.pipe) & wait"]));
            await UntilAsync(() => trackers.Snapshot() is [{ Detail: "2 processes" }]);
            var three = await spawner.StartAsync(new(shell, ["-c", "exec sleep 1000"]));
            await UntilAsync(() => File.ReadAllText($"/proc/{three.Id}/comm") == "sleep\n");
            await UntilAsync(() => trackers.Snapshot() is [{ Detail: "2 processes" }]);
            Assert.Equal(TrackerStatus.Up, trackers.Snapshot()[0].Status);
            two.Kill();
            await UntilAsync(() => trackers.Snapshot() is [{ Detail: "0 processes" }]);

            Assert.Equal(TrackerStatus.Down, told.First());
            Assert.Equal(TrackerStatus.Down, told.Last());
            Assert.Contains(TrackerStatus.Up, told);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); await Task.Delay(10)) Assert.True(waited.Elapsed < Patience);
    }
}
