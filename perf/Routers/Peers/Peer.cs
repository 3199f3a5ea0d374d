using System.Globalization;
using Director.Lab.Namespaces;

namespace Director.Perf.Routers.Peers;

/// <summary>A VRRP program on one machine of a <see cref="VrrpLan"/>: its files, and its process while it runs.</summary>
internal abstract class Peer : IDisposable
{
    private NamespaceProcess? _process;

    /// <summary>Puts its directory in place; starts nothing.</summary>
    protected Peer(NetworkNamespace machine, string directory)
    {
        (Machine, Directory) = (machine, Path.Combine(directory, machine.Role));
        System.IO.Directory.CreateDirectory(Directory);
    }

    /// <summary>What the program is called.</summary>
    public abstract string Name { get; }

    /// <summary>Where it runs.</summary>
    public NetworkNamespace Machine { get; }

    /// <summary>What it printed last.</summary>
    public IReadOnlyList<string> Lines => _process?.Lines ?? [];

    /// <summary>Whether its first process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its first process.</summary>
    public int ProcessId => _process?.Pid ?? 0;

    /// <summary>Variables of its environment from its next start on, as <c>NAME=value</c>. Not for FRR.</summary>
    public IReadOnlyList<string> Environment { get; set; } = [];

    /// <summary>Its files.</summary>
    protected string Directory { get; }

    /// <summary>What a command begins with that is to have <see cref="Environment"/>.</summary>
    protected IEnumerable<string> WithEnvironment => ["env", .. Environment];

    /// <summary>Starts it; returns at once.</summary>
    public void Start(PeerPlan plan)
    {
        if (IsRunning) throw new InvalidOperationException($"{Name} runs already on {Machine.Role}");
        _process?.Dispose();
        _process = Launch(plan);
    }

    /// <summary>Gives it another configuration while it runs; returns at once.</summary>
    public virtual void Reload(PeerPlan plan) => throw new NotSupportedException($"{Name} is not reloaded");

    /// <summary>Asks it to end, as an operator does; returns at once.</summary>
    public virtual void Stop() => _process?.Kill("TERM");

    /// <summary>Kills every process of the machine at once, as if it lost power.</summary>
    public void Crash() => Machine.KillAll();

    /// <summary>Stops every process of the machine where it is, or lets them go on.</summary>
    public void Pause(bool paused)
    {
        var ids = string.Join(' ', Machine.ProcessIds().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        Tool.Run("sh", "-c", $"kill -{(paused ? "STOP" : "CONT")} {ids}");
    }

    /// <summary>The process that speaks VRRP; null if there is none now.</summary>
    public abstract int? RouterProcess();

    /// <summary>Whether the machine has an address now.</summary>
    public bool Has(string address) =>
        Machine.Ip("-o", "address", "show").Contains($" {address.Split('/')[0]}/", StringComparison.Ordinal);

    /// <summary>Waits until it has ended; false if that does not come in time.</summary>
    public bool WaitForEnd(TimeSpan patience) => _process?.Wait(patience) ?? true;

    /// <inheritdoc/>
    public virtual void Dispose() => _process?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} on {Machine.Role}";

    /// <summary>Starts the first process.</summary>
    protected abstract NamespaceProcess Launch(PeerPlan plan);

    /// <summary>What a process was started by.</summary>
    protected static string CommandOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
