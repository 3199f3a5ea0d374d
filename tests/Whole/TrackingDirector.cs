using Director.Admin;
using Director.Lab.Namespaces;
using Director.Tests.Lab;

namespace Director.Tests.Whole;

/// <summary>A machine with a director that serves nothing: virtual routers only, with what they track and whom they tell.</summary>
internal sealed class TrackingDirector : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly NamespaceSet _set = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("director-tracking");
    private NamespaceProcess? _process;

    public TrackingDirector(bool ipv6 = false)
    {
        System.IO.File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0x1ed);
        Machine = _set.Create("d", ipv6);
        Veth.Connect(Machine, "e0", _set.Create("p"), "e0");
        Machine.AddAddress("e0", "192.168.80.128/24");
    }

    /// <summary>Where it runs.</summary>
    public NetworkNamespace Machine { get; }

    /// <summary>Its process.</summary>
    public NamespaceProcess Process => _process!;

    /// <summary>What is added to its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What starts it, such as setpriv(1) with its options.</summary>
    public IReadOnlyList<string> Prefix { get; set; } = [];

    /// <summary>What it has printed.</summary>
    public IReadOnlyList<string> Lines => Process.Lines;

    /// <summary>The keepalived.conf.</summary>
    public string ConfigFile => File("keepalived.conf");

    private string RunDirectory => File("run");

    /// <summary>The path of a file that goes with the director.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>An instance's block, with what goes into it besides.</summary>
    public static string Instance(string name, int id, string more, int priority = 100) => $$"""
        vrrp_instance {{name}} {
            interface e0
            virtual_router_id {{id}}
            priority {{priority}}
            advert_int 1
            virtual_ipaddress {
                192.168.80.{{id}}
            }
            {{more}}
        }

        """;

    /// <summary>Writes an executable shell script that may be run by root as keepalived demands it.</summary>
    public string Script(string name, string text)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path + ".new", $"#!/bin/sh\n{text}\n");
        System.IO.File.SetUnixFileMode(path + ".new", (UnixFileMode)0x1ed);
        System.IO.File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    /// <summary>Starts it with a configuration.</summary>
    public void Start(string configuration, params string[] settings)
    {
        System.IO.File.WriteAllText(ConfigFile, configuration);
        _process = Machine.Start(
        [
            .. Prefix, "env", .. Environment.Select(variable => $"{variable.Key}={variable.Value}"), .. DirectorProgram.Command,
            "run", "-f", ConfigFile, "--run-dir", RunDirectory, "--set", "Datapath:Mode=none",
            .. settings.SelectMany(setting => new[] { "--set", setting }),
        ]);
    }

    /// <summary>Gives it another configuration.</summary>
    public void Reload(string configuration)
    {
        System.IO.File.WriteAllText(ConfigFile, configuration);
        Process.Kill("HUP");
    }

    /// <summary>Runs a command of the program that asks it; returns the exit code and all that it printed.</summary>
    public async Task<(int Exit, string Text)> RunAsync(params IReadOnlyList<string> arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(DirectorProgram.Command[0])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var argument in arguments.Append("--run-dir").Append(RunDirectory)) start.ArgumentList.Add(argument);
        using var process = System.Diagnostics.Process.Start(start)!;
        var (text, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await errors + await text).Trim());
    }

    /// <summary>Has it stop, and waits for that.</summary>
    public void Stop()
    {
        Process.Kill("TERM");
        Assert.True(Process.Wait(Patience), string.Join('\n', Lines));
    }

    /// <summary>Waits until its state is as it should be.</summary>
    public async Task<StatusDocument> UntilAsync(string what, Func<StatusDocument, bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        StatusDocument? status = null;
        while (true)
        {
            try
            {
                status = await DirectorState.StatusAsync(RunDirectory);
                if (holds(status)) return status;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // It is not up yet.
            }

            Assert.False(patience.IsCancellationRequested || Process.HasExited,
                $"waited until {what}: {string.Join(", ", status?.Vrrp.Select(vrrp => vrrp.ToString()) ?? [])} "
                + $"{string.Join(", ", status?.Trackers.Select(tracker => tracker.ToString()) ?? [])}\n{string.Join('\n', Lines)}");
            await Task.Delay(30, CancellationToken.None);
        }
    }

    /// <summary>Waits until something holds that is not in its state.</summary>
    public async Task UntilAsync(string what, Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            Assert.False(patience.IsCancellationRequested, $"waited until {what}\n{string.Join('\n', Lines)}");
            await Task.Delay(30, CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _set.Dispose();
        _folder.Delete(recursive: true);
    }
}
