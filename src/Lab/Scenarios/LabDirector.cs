using Director.Lab.Namespaces;
using Director.Lab.Topology;

namespace Director.Lab.Scenarios;

/// <summary>A director of the lab: its machine, its files, and its process while it runs.</summary>
internal sealed class LabDirector : IDisposable
{
    // Appends, so that the log of a director that was killed is still there when it has returned.
    private const string LogTo = "exec >>\"$0\" 2>&1; exec \"$@\"";
    private readonly NetworkNamespace _machine;
    private readonly IReadOnlyList<string> _command;
    private readonly StatusClient _status;
    private NamespaceProcess? _process;

    /// <summary>Puts its configuration and directories in place; starts nothing.</summary>
    public LabDirector(LabHost host, NetworkNamespace machine, string directory, string configuration, LabOptions options)
    {
        (Role, _machine) = (host.Role, machine);
        (ConfigFile, RunDirectory, LogFile) = ($"{directory}/keepalived.conf", $"{directory}/run", $"{directory}/director.log");
        Directory.CreateDirectory(RunDirectory);
        File.WriteAllText(ConfigFile, configuration);
        var command = options.DirectorCommand is { Count: > 0 } given
            ? given
            : [.. options.Self, "run", "-f", "{file}", "--run-dir", "{run-dir}"];
        _command = [.. command.Select(word => word
            .Replace("{file}", ConfigFile, StringComparison.Ordinal)
            .Replace("{run-dir}", RunDirectory, StringComparison.Ordinal))];
        _status = new(RunDirectory);
    }

    /// <summary>Its name in the lab.</summary>
    public string Role { get; }

    /// <summary>What it is told by.</summary>
    public string ConfigFile { get; }

    /// <summary>Where its socket is.</summary>
    public string RunDirectory { get; }

    /// <summary>What it says.</summary>
    public string LogFile { get; }

    /// <summary>Its main process; 0 before the first start.</summary>
    public int ProcessId => _process?.Pid ?? 0;

    /// <summary>Whether its main process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts it.</summary>
    public void Start()
    {
        if (IsRunning) throw new InvalidOperationException($"{Role} runs already");
        _process?.Dispose();
        _process = _machine.Start(["sh", "-c", LogTo, LogFile, .. _command]);
    }

    /// <summary>Ends it; returns at once.</summary>
    public void End(DirectorEnd how)
    {
        switch (how)
        {
            case DirectorEnd.Terminate: _process?.Kill("TERM"); break;
            case DirectorEnd.KillMain: _process?.Kill(); break;
            case DirectorEnd.KillMachine: _machine.KillAll(); break;
            default: throw new ArgumentOutOfRangeException(nameof(how));
        }
    }

    /// <summary>Gives it another configuration by SIGHUP; returns at once.</summary>
    public void Reload(string configuration)
    {
        File.WriteAllText(ConfigFile, configuration);
        _process?.Kill("HUP");
    }

    /// <summary>What it says of itself; null if it does not answer.</summary>
    public Task<DirectorStatus?> StatusAsync(CancellationToken stop) =>
        IsRunning ? _status.ReadAsync(stop) : Task.FromResult<DirectorStatus?>(null);

    /// <summary>The last lines of its log.</summary>
    public IReadOnlyList<string> LastLines(int count) => File.Exists(LogFile) ? [.. File.ReadLines(LogFile).TakeLast(count)] : [];

    /// <summary>Lets go of it without ending it.</summary>
    public void Dispose() => _status.Dispose();
}
