using System.Globalization;
using System.Text.RegularExpressions;
using Director.Lab.Namespaces;

namespace Director.Tests.Config.Differential;

/// <summary>
/// <c>keepalived -t</c> in a namespace of its own that has eth0 to eth3. Several threads may ask at once.
/// </summary>
internal sealed partial class KeepalivedCheck : IDisposable
{
    /// <summary>The name that <c>@ID</c> lines are for.</summary>
    public const string Id = "lb1";

    /// <summary>It cannot go on where an argument is missing.</summary>
    public const int Aborted = 2;

    private readonly NamespaceSet _namespaces = new();
    private readonly NetworkNamespace _host;
    private readonly string _directory = Directory.CreateTempSubdirectory("director-differential-").FullName;
    private int _files;

    public KeepalivedCheck()
    {
        _host = _namespaces.Create("oracle", ipv6: true);
        foreach (var (one, other) in new[] { ("eth0", "eth1"), ("eth2", "eth3") })
        {
            _host.Ip("link", "add", one, "type", "veth", "peer", "name", other);
            _host.Ip("link", "set", one, "up");
            _host.Ip("link", "set", other, "up");
        }
    }

    /// <summary>Its exit code, and all that it says of a text, each thing once.</summary>
    public (int ExitCode, IReadOnlyList<Complaint> Complaints) Check(string text)
    {
        var path = $"{_directory}/{Interlocked.Increment(ref _files)}.conf";
        File.WriteAllText(path, text);
        return CheckFile(path);
    }

    /// <summary>The same of a file.</summary>
    public (int ExitCode, IReadOnlyList<Complaint> Complaints) CheckFile(string path)
    {
        var (exitCode, output, errors) = Tool.TryRun("ip", "netns", "exec", _host.Name, "keepalived", "-t", "-i", Id, "-f", path);
        var complaints = $"{output}\n{errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Complaint);
        return (exitCode, [.. complaints.Distinct()]);
    }

    private static Complaint Complaint(string text)
    {
        var match = Located().Match(text);
        return match.Success
            ? new(int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture), match.Groups["text"].Value) : new(0, text);
    }

    public void Dispose()
    {
        _namespaces.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex(@"^\((?:[^()]*: )?Line (?<line>\d+)\) (?<text>.*)$")]
    private static partial Regex Located();
}
