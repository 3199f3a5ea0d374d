using System.Runtime.InteropServices;
using Director.Linux;
using Director.Linux.Processes;
using Director.Tests.Support;

namespace Director.Tests.Linux.Processes;

/// <summary>Processes that are started without a shell, as others, and what is left of them: nothing.</summary>
public sealed partial class ChildSpawnerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ChildSpawner _spawner = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spawner");

    public ChildSpawnerTests() => File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0x1ff);

    public void Dispose()
    {
        _spawner.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_exit_status_and_a_signal_are_told_apart()
    {
        Assert.Equal(new ChildExit(false, 0), await EndOfAsync("exit 0"));
        Assert.Equal(new ChildExit(false, 3), await EndOfAsync("exit 3"));
        Assert.Equal(new ChildExit(true, 9), await EndOfAsync("kill -KILL $$"));
    }

    [Fact]
    public async Task Arguments_come_as_they_are_without_a_shell()
    {
        var file = Path.Combine(_folder.FullName, "arguments");
        var command = new ChildCommand("/bin/sh", ["-c", "printf '%s|' \"$0\" \"$@\" > " + file, "a b", "$HOME", "", "*", "ü"]);

        var child = await _spawner.StartAsync(command);

        Assert.True((await child.Exit.WaitAsync(Patience)).IsSuccess);
        Assert.Equal("a b|$HOME||*|ü|", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_child_begins_with_default_signals_none_blocked_a_session_of_its_own_and_no_descriptors_of_ours()
    {
        // As somebody who forgets FD_CLOEXEC: 30 is high enough to be no other's by chance.
        using var ours = File.OpenHandle("/dev/zero");
        var inherited = Duplicate((int)ours.DangerousGetHandle());
        try
        {
            var status = await StatusOfAsync(null);
            // Of realtime signals the C library keeps two for itself, and what it blocks of those is its own affair.
            Assert.Equal("0000000000000000", status["SigIgn"]);
            Assert.Equal("0000000000000000", status["SigBlk"]);
            Assert.NotEqual(SessionOf(Environment.ProcessId), status["NSsid"]);
            Assert.Equal(new ChildExit(true, 13), await EndOfAsync("kill -PIPE $$; exit 0"));

            var file = Path.Combine(_folder.FullName, "descriptors");
            Assert.True((await EndOfAsync($"readlink /proc/$$/fd/* > {file}.all; pwd > {file}; cat {file}.all >> {file}")).IsSuccess);
            var lines = await File.ReadAllLinesAsync(file);
            Assert.Equal("/", lines[0]);
            // The shell's own output is where it was sent.
            Assert.Equal(["/dev/null", file + ".all", "/dev/null"], lines[1..]);
        }
        finally
        {
            _ = Close(inherited);
        }
    }

    [KernelFact]
    public async Task A_child_has_its_users_ids_and_groups_and_no_capability_and_we_keep_ours()
    {
        var status = await StatusOfAsync(new Credentials(65534, 65533, [65533, 100]));

        Assert.Equal("65534\t65534\t65534\t65534", status["Uid"]);
        Assert.Equal("65533\t65533\t65533\t65533", status["Gid"]);
        Assert.Equal(["100", "65533"], status["Groups"].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(["CapInh", "CapPrm", "CapEff", "CapAmb"], set => Assert.Equal("0000000000000000", status[set]));

        // Threads of other tests come and go.
        var threads = Directory.GetDirectories("/proc/self/task").Select(task => TryRead(Path.Combine(task, "status"))).OfType<string>();
        Assert.All(threads.Select(text => Parse(text.TrimEnd().Split('\n'))), thread =>
        {
            Assert.Equal("0\t0\t0\t0", thread["Uid"]);
            Assert.Equal("0\t0\t0\t0", thread["Gid"]);
        });
        var next = await StatusOfAsync(null);
        Assert.Equal("0\t0\t0\t0", next["Uid"]);
        Assert.NotEqual("0000000000000000", next["CapEff"]);
    }

    [KernelFact]
    public async Task What_a_user_may_not_read_or_run_is_refused_to_its_scripts()
    {
        var secret = Path.Combine(_folder.FullName, "secret");
        await File.WriteAllTextAsync(secret, "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var nobody = new Credentials(65534, 65534, [65534]);

        var refusal = await Assert.ThrowsAsync<LinuxException>(() => _spawner.StartAsync(new(secret, [], nobody)));
        var reads = await _spawner.StartAsync(new("/bin/cat", [secret], nobody));

        Assert.Contains("EACCES", refusal.Message, StringComparison.Ordinal);
        Assert.False((await reads.Exit.WaitAsync(Patience)).IsSuccess);
        Assert.True((await (await _spawner.StartAsync(new(secret, []))).Exit.WaitAsync(Patience)).IsSuccess);
    }

    [Fact]
    public async Task What_cannot_be_started_is_said()
    {
        var none = await Assert.ThrowsAsync<LinuxException>(() => _spawner.StartAsync(new("/nowhere/x", [])));
        var text = Path.Combine(_folder.FullName, "text");
        await File.WriteAllTextAsync(text, "exit 0");
        var notExecutable = await Assert.ThrowsAsync<LinuxException>(() => _spawner.StartAsync(new(text, [])));

        Assert.Contains("execve /nowhere/x", none.Message, StringComparison.Ordinal);
        Assert.Contains("ENOENT", none.Message, StringComparison.Ordinal);
        Assert.Contains("EACCES", notExecutable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_leave_neither_zombie_nor_descriptor()
    {
        var exits = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i => (i, await EndOfAsync($"exit {i}"))));

        Assert.All(exits, exit => Assert.Equal(exit.i, exit.Item2.Value));
        Assert.Empty(Zombies());
        Assert.Equal(0, OpenProcesses());
    }

    [Fact]
    public async Task What_still_runs_at_the_end_is_killed_with_its_group()
    {
        var file = Path.Combine(_folder.FullName, "started");
        var child = await _spawner.StartAsync(
            new("/bin/sh", ["-c", $"trap '' TERM; sleep 1000 & echo $! > {file}.new; mv {file}.new {file}; wait"]));
        while (!File.Exists(file)) await Task.Delay(10);
        var grandchild = (await File.ReadAllTextAsync(file)).Trim();

        _spawner.Dispose();

        Assert.Equal(new ChildExit(true, 9), await child.Exit.WaitAsync(Patience));
        Assert.False(IsRunning(grandchild));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _spawner.StartAsync(new("/bin/true", [])));
    }

    /// <summary>Whether a process is there and no zombie; a killed one may take a moment to go.</summary>
    internal static bool IsRunning(string process)
    {
        for (var patience = DateTime.UtcNow + Patience; DateTime.UtcNow < patience; Thread.Sleep(10))
        {
            try
            {
                if (Parse(File.ReadAllLines($"/proc/{process}/status"))["State"][0] == 'Z') return false;
            }
            catch (IOException)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Zombies() =>
        from folder in Directory.GetDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), out _)
        let stat = TryRead(Path.Combine(folder, "stat"))
        where stat is not null
        let fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')
        where fields[0] == "Z" && fields[1] == Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)
            && stat.Contains("(sh)", StringComparison.Ordinal)
        select stat;

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int OpenProcesses() =>
        Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget == "anon_inode:[pidfd]");

    private static string SessionOf(int process) => Parse(File.ReadAllLines($"/proc/{process}/status"))["NSsid"];

    private static Dictionary<string, string> Parse(string[] lines) =>
        lines.Select(line => line.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts[1].Trim());

    private async Task<Dictionary<string, string>> StatusOfAsync(Credentials? credentials)
    {
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        var child = await _spawner.StartAsync(new("/bin/sh", ["-c", $"exec cat /proc/self/status > {file}"], credentials));
        Assert.True((await child.Exit.WaitAsync(Patience)).IsSuccess);
        return Parse(await File.ReadAllLinesAsync(file));
    }

    private async Task<ChildExit> EndOfAsync(string script)
    {
        var child = await _spawner.StartAsync(new("/bin/sh", ["-c", script]));
        return await child.Exit.WaitAsync(Patience);
    }

    private static int Duplicate(int descriptor) => Dup(descriptor);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
