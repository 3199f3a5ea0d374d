using System.Diagnostics;

namespace Director.Lab.Namespaces;

/// <summary>
/// A small child process that removes a network when its owner ends, however that happens. It is a shell in a session of its own
/// (so Ctrl-C does not reach it) that reads its standard input until the owner closes it, which the kernel does even for <c>kill -9</c>;
/// then it kills what <c>ip netns pids</c> lists in the network's namespaces, deletes them, and removes the network's directory.
/// </summary>
internal sealed class NamespaceReaper : IDisposable
{
    // $1 is the prefix of the network's names, $2 its directory. A namespace is emptied twice because a process may fork while it is
    // being emptied.
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        keep=
        while read -r line; do [ "$line" = keep ] && keep=1; done
        [ -n "$keep" ] && exit 0
        for round in 1 2; do
            for path in /run/netns/"$1"*; do
                [ -e "$path" ] || continue
                for pid in $(ip netns pids "${path##*/}"); do kill -9 "$pid"; done
            done
        done
        for path in /run/netns/"$1"*; do
            [ -e "$path" ] && ip netns del "${path##*/}"
        done
        rm -rf -- "$2"
        """;

    private readonly Process _shell;

    private NamespaceReaper(Process shell) => _shell = shell;

    /// <summary>
    /// Starts the reaper of the namespaces whose names begin with <paramref name="networkPrefix"/>, and of <paramref
    /// name="directory"/>.
    /// </summary>
    public static NamespaceReaper Start(string networkPrefix, string directory)
    {
        var shell = Tool.Start("setsid", "sh", "-c", Script, "director-lab-reaper", networkPrefix, directory);
        shell.StandardOutput.Close();
        shell.StandardError.Close();
        return new(shell);
    }

    /// <summary>Has the reaper end without removing anything: the network stays.</summary>
    public void Keep()
    {
        _shell.StandardInput.WriteLine("keep");
        _shell.StandardInput.Flush();
    }

    /// <summary>Lets the reaper do its work (unless told to keep) and waits for its end.</summary>
    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit(LabLimits.ToolTimeout);
        _shell.Dispose();
    }
}
