using Director.Lab.Namespaces;

namespace Director.Tests.Conformance.Recording;

/// <summary>The real keepalived in the director's namespace: its checkers only, which are what sets up services.</summary>
internal sealed class ReferenceKeepalived(NetworkNamespace director) : IDisposable
{
    private readonly string _directory = System.IO.Directory.CreateTempSubdirectory("keepalived-").FullName;
    private NamespaceProcess? _process;

    /// <summary>Takes a file into force and waits as long as that may take.</summary>
    public void Configure(IReadOnlyList<string> text)
    {
        var file = Path.Combine(_directory, "keepalived.conf");
        File.WriteAllLines(file, text);
        if (_process is null)
        {
            _process = director.Start("keepalived", "--check", "--dont-fork", "--log-console", "--use-file", file,
                "--pid", Path.Combine(_directory, "pid"), "--checkers_pid", Path.Combine(_directory, "checkers"));
        }
        else
        {
            _process.Kill("HUP");
        }

        Thread.Sleep(Stage.KeepalivedTime);
    }

    public void Dispose() => _process?.Dispose();
}
