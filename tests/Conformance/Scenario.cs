using Director.Tests.Architecture;

namespace Director.Tests.Conformance;

/// <summary>
/// What is done to a director and what the reference kernel made of it: one text file for both, which the recorder reads for its steps and
/// writes again with what it saw, and the replayer reads for both.
/// <code>
/// A sentence that says what the file shows.
/// kernel: 6.1.0-56-amd64 #1 SMP ...
///
/// # A remark.
/// $ ipvsadm -A -t 10.0.0.100:80 -s wlc          a command on the director
/// $ keepalived                                  keepalived(8) takes a file into force, started or by SIGHUP
/// + virtual_server 10.0.0.100 81 { ... }        the file
/// $ listen 10.0.0.1:9                           a program on the director listens there, for checks to find
/// $ close 10.0.0.1:9                            and no longer
/// > tcp 10.1.0.1:1000-1003 10.0.0.100:80 S      packets of one kind (PacketText), one after the other
///   rs3 rs2 rs1 rs3                             seen: what became of each (Outcome)
/// wait 65                                       seconds
/// $ ipvsadm -Ln
///   IP Virtual Server version 1.2.1 (size=4096) seen: what the command printed
/// </code>
/// </summary>
internal sealed class Scenario
{
    private const string KernelPrefix = "kernel: ";
    private const string SeenPrefix = "  ";

    private Scenario(string name, string title, string kernel, IReadOnlyList<Step> steps)
    {
        Name = name;
        Title = title;
        Kernel = kernel;
        Steps = steps;
    }

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The sentence.</summary>
    public string Title { get; }

    /// <summary>The kernel that it was recorded on; empty if it was not yet.</summary>
    public string Kernel { get; }

    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Where the files are.</summary>
    public static string Directory => Path.Combine(RepositoryRoot.Path, "tests", "Conformance", "Golden");

    /// <summary>The names of all scenarios, in order.</summary>
    public static IReadOnlyList<string> Names =>
    [
        .. System.IO.Directory.GetFiles(Directory, "*.txt")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
    ];

    public static Scenario Load(string name) => Read(name, File.ReadAllLines(FileOf(name)));

    /// <summary>Reads a file's lines; throws <see cref="FormatException"/> with the line's number where one is none of the above.</summary>
    public static Scenario Read(string name, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0].Length == 0) throw new FormatException($"{name}:1: the first line says what the file shows");
        var kernel = "";
        var steps = new List<Step>();
        for (var i = 1; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.StartsWith(KernelPrefix, StringComparison.Ordinal)) kernel = line[KernelPrefix.Length..];
            else if (!line.StartsWith(SeenPrefix, StringComparison.Ordinal)) steps.Add(Step.Read(line, $"{name}:{i + 1}"));
            else if (steps.Count > 0 && steps[^1].CanBeSeen) steps[^1].Seen.Add(line[SeenPrefix.Length..]);
            else throw new FormatException($"{name}:{i + 1}: nothing was done that this could have been seen of");
        }

        return new(name, lines[0], kernel, steps);
    }

    /// <summary>The lines of standard input of the command that is step <paramref name="index"/>.</summary>
    public IReadOnlyList<string> InputOf(int index) =>
        [.. Steps.Skip(index + 1).TakeWhile(step => step.Kind == StepKind.Input).Select(step => step.Text)];

    /// <summary>Writes the file anew, with what each step has seen.</summary>
    public void Save(string kernel)
    {
        List<string> lines = [Title, KernelPrefix + kernel];
        foreach (var step in Steps)
        {
            lines.Add(step.Line);
            lines.AddRange(step.Seen.Select(seen => SeenPrefix + seen));
        }

        File.WriteAllLines(FileOf(Name), lines);
    }

    private static string FileOf(string name) => Path.Combine(Directory, name + ".txt");
}
