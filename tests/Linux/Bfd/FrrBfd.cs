using Director.Lab.Namespaces;
using Director.Tests.Linux.Vrrp;

namespace Director.Tests.Linux.Bfd;

/// <summary>FRR's zebra and bfdd in a namespace, with sockets and files of their own.</summary>
internal sealed class FrrBfd : IDisposable
{
    public const string Program = "/usr/lib/frr/bfdd";

    private readonly NetworkNamespace _where;
    private readonly string _folder = Directory.CreateTempSubdirectory("director-frr-").FullName;
    private readonly NamespaceProcess _zebra;
    private NamespaceProcess _bfdd;

    /// <summary>Starts both with these lines below <c>bfd</c>.</summary>
    public FrrBfd(NetworkNamespace where, string peers)
    {
        _where = where;
        File.WriteAllText(Path.Combine(_folder, "zebra.conf"), "");
        File.WriteAllText(Path.Combine(_folder, "bfdd.conf"), $"bfd\n{peers}\n");
        where.Run("chown", "-R", "frr:frr", _folder);
        _zebra = StartDaemon("/usr/lib/frr/zebra");
        VrrpLab.Await("zebra", () => File.Exists(Path.Combine(_folder, "zebra.vty")), () => string.Join('\n', _zebra.Lines));
        _bfdd = StartDaemon(Program, "--bfdctl", Path.Combine(_folder, "bfdd.sock"));
        AwaitBfdd();
    }

    /// <summary>What <c>show bfd peers</c> says.</summary>
    public string Peers => Ask("show bfd peers");

    /// <summary>Runs commands in bfdd's shell.</summary>
    public string Ask(params string[] commands) =>
        _where.Run(["vtysh", "--vty_socket", _folder, "-d", "bfdd", .. commands.SelectMany(command => new[] { "-c", command })]);

    /// <summary>Ends bfdd without a word to its neighbours.</summary>
    public void KillBfdd() => _bfdd.Dispose();

    /// <summary>Starts bfdd again, with its first configuration.</summary>
    public void StartBfdd()
    {
        File.Delete(Path.Combine(_folder, "bfdd.vty"));
        _bfdd = StartDaemon(Program, "--bfdctl", Path.Combine(_folder, "bfdd.sock"));
        AwaitBfdd();
    }

    public void Dispose()
    {
        _bfdd.Dispose();
        _zebra.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private NamespaceProcess StartDaemon(string program, params string[] more)
    {
        var name = Path.GetFileName(program);
        return _where.Start([program, "-u", "frr", "-g", "frr", "-z", Path.Combine(_folder, "zserv.sock"), "--vty_socket", _folder,
            "-i", Path.Combine(_folder, name + ".pid"), "-f", Path.Combine(_folder, name + ".conf"), .. more]);
    }

    private void AwaitBfdd() =>
        VrrpLab.Await("bfdd", () => File.Exists(Path.Combine(_folder, "bfdd.vty")), () => string.Join('\n', _bfdd.Lines));
}
