using System.Collections.Concurrent;
using Director.Config;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Config.Differential;

/// <summary>
/// The reader beside <c>keepalived -t</c>, over a seeded corpus: what keepalived takes without a complaint is no error here, but for what
/// docs/language.md lists as deviations.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Files = 400;

    /// <summary>Constructs that keepalived accepts and the director refuses: a part of the message, and the reason.</summary>
    private static readonly (string Message, string Reason)[] Deviations =
    [
        ("lthreshold", "IPVS refuses such a server, so it would be missing without a word"),
        ("cannot be the name of an interface", "the kernel takes no such name when the interface is made"),
        ("is not an absolute path", "where it leads would depend on the directory that the director was started from"),
        ("is outside the range 0 to 4294.967295 seconds", "32 bits of microseconds, as of every other time"),
        ("has no 'file'", "there is nothing to track"),
        ("has no 'process'", "there is nothing to track"),
    ];

    [KernelFact]
    public void What_keepalived_accepts_is_no_error()
    {
        using var keepalived = new KeepalivedCheck();
        var failures = new ConcurrentBag<string>();
        int accepted = 0, unmatched = 0, complaints = 0, deviations = 0;
        Parallel.For(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 4 }, seed =>
        {
            var text = Corpus.File(seed);
            var (exitCode, said) = keepalived.Check(text);
            var result = ConfigReader.Read(
                Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true, new(KeepalivedCheck.Id));
            var ours = Linter.Lint(result);
            if (exitCode == 0 && said.Count == 0) Interlocked.Increment(ref accepted);
            var end = exitCode == KeepalivedCheck.Aborted ? said.Max(complaint => complaint.Line) : int.MaxValue;
            foreach (var error in ours.Where(diagnostic => diagnostic.Severity == Severity.Error && diagnostic.Line <= end))
            {
                if (said.Any(complaint => complaint.Line == error.Line || complaint.Line == 0)) continue;
                if (Deviations.Any(deviation => error.Message.Contains(deviation.Message, StringComparison.Ordinal)))
                    Interlocked.Increment(ref deviations);
                else
                {
                    var keepalivedSays = string.Concat(said.Select(complaint => $"{Environment.NewLine}      keepalived: {complaint}"));
                    failures.Add($"{Corpus.Kind(seed)} {seed}: {error}{keepalivedSays}");
                }
            }

            foreach (var complaint in said.Where(complaint => complaint.Line > 0))
            {
                Interlocked.Increment(ref complaints);
                if (ours.Any(diagnostic => diagnostic.Line == complaint.Line)) continue;
                Interlocked.Increment(ref unmatched);
                output.WriteLine($"not said here: {Corpus.Kind(seed)} {seed}: {complaint}");
            }
        });

        output.WriteLine($"{Files} files, {accepted} accepted by keepalived without a word, {complaints} located complaints of which "
            + $"{unmatched} on lines of which the director says nothing, {deviations} documented deviations");
        Assert.True(failures.IsEmpty, string.Join('\n', failures.Order()));
        Assert.True(accepted > Files / 8, $"only {accepted} files are right");
    }
}
