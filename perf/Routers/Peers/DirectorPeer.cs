using Director.Lab.Namespaces;

namespace Director.Perf.Routers.Peers;

/// <summary>The director, the program that users run, by a keepalived.conf of virtual routers only.</summary>
/// <param name="machine">Where it runs.</param>
/// <param name="directory">Of the network.</param>
/// <param name="program">The director's executable.</param>
internal sealed class DirectorPeer(NetworkNamespace machine, string directory, string program) : Peer(machine, directory)
{
    private string File => Path.Combine(Directory, "keepalived.conf");

    /// <inheritdoc/>
    public override string Name => "director";

    /// <summary>Where its socket is.</summary>
    public string RunDirectory => Path.Combine(Directory, "run");

    /// <inheritdoc/>
    public override void Reload(PeerPlan plan)
    {
        System.IO.File.WriteAllText(File, KeepalivedText.Of(plan));
        Tool.Run("kill", "-HUP", $"{ProcessId}");
    }

    /// <inheritdoc/>
    public override int? RouterProcess() => Machine.ProcessIds()
        .Where(id => CommandOf(id).Contains("--control-fd", StringComparison.Ordinal)).Select(id => (int?)id).FirstOrDefault();

    /// <inheritdoc/>
    protected override NamespaceProcess Launch(PeerPlan plan)
    {
        System.IO.File.WriteAllText(File, KeepalivedText.Of(plan));
        return Machine.Start([.. WithEnvironment, program, "run", "-f", File, "--run-dir", RunDirectory]);
    }
}
