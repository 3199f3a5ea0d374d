using Director.Lab.Namespaces;

namespace Director.Perf.Routers.Peers;

/// <summary>
/// The real keepalived, VRRP only. It runs by real-time priority, as the director's VRRP process does by itself: where both are measured,
/// neither waits for what else the machine does.
/// </summary>
internal sealed class KeepalivedPeer(NetworkNamespace machine, string directory) : Peer(machine, directory)
{
    /// <summary>The program.</summary>
    public const string Program = "/usr/sbin/keepalived";

    private string File => Path.Combine(Directory, "keepalived.conf");

    /// <inheritdoc/>
    public override string Name => "keepalived";

    /// <summary>Why it cannot be had; null if it can.</summary>
    public static string? Missing => System.IO.File.Exists(Program) ? null : "keepalived is not installed (apt-get install keepalived)";

    /// <inheritdoc/>
    public override void Reload(PeerPlan plan)
    {
        System.IO.File.WriteAllText(File, KeepalivedText.Of(plan));
        Tool.Run("kill", "-HUP", $"{ProcessId}");
    }

    /// <inheritdoc/>
    public override int? RouterProcess() =>
        Machine.ProcessIds().Where(id => id != ProcessId).Select(id => (int?)id).FirstOrDefault();

    /// <inheritdoc/>
    protected override NamespaceProcess Launch(PeerPlan plan)
    {
        // After a kill its files of process ids are still there, and it would believe itself running.
        foreach (var left in System.IO.Directory.GetFiles(Directory, "*.pid")) System.IO.File.Delete(left);
        System.IO.File.WriteAllText(File, KeepalivedText.Of(plan));
        return Machine.Start([.. WithEnvironment, "chrt", "-r", "50", Program, "-P", "-n", "-l", "-D", "-f", File,
            "-p", Path.Combine(Directory, "main.pid"), "-r", Path.Combine(Directory, "vrrp.pid"),
            "-c", Path.Combine(Directory, "checkers.pid"), "-b", Path.Combine(Directory, "bfd.pid")]);
    }
}
