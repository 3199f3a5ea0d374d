using System.Reflection;
using System.Text.RegularExpressions;
using Director.Config;

namespace Director.Tests.Config.Lint;

public sealed partial class RuleCatalogueTests
{
    /// <summary>Rules that no text alone can break, or none that is fit to be shown.</summary>
    private static readonly string[] WithoutExample =
    [
        DiagnosticCode.Unreadable, DiagnosticCode.Limit, DiagnosticCode.NulByte, DiagnosticCode.NotSupported, DiagnosticCode.Unused,
        DiagnosticCode.Refused, DiagnosticCode.ScriptProblem, DiagnosticCode.CarriageReturn,
        DiagnosticCode.PeerMissing, DiagnosticCode.PeerDiffers, DiagnosticCode.PeerNotNamed, DiagnosticCode.PeerSamePriority,
        DiagnosticCode.PeerBothMaster, DiagnosticCode.WeightBelowGap,
    ];

    public static TheoryData<string> WithExample => [.. RuleCatalogue.All.Select(rule => rule.Name).Except(WithoutExample)];

    [Fact]
    public void Every_code_has_its_entry_and_every_entry_its_code()
    {
        var codes = typeof(DiagnosticCode).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetValue(null)!);

        Assert.Equal(codes.Order(StringComparer.Ordinal), RuleCatalogue.All.Select(rule => rule.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_entry_is_whole()
    {
        Assert.All(RuleCatalogue.All, rule =>
        {
            Assert.Matches(KebabCase(), rule.Name);
            Assert.All([rule.Summary, rule.Why], text => Assert.EndsWith(".", text, StringComparison.Ordinal));
            Assert.DoesNotMatch(@"\.$", rule.Fix);
            Assert.Equal(rule.Example is null, rule.Corrected is null);
        });
        Assert.Equal(WithoutExample.Order(), RuleCatalogue.All.Where(rule => rule.Example is null).Select(rule => rule.Name).Order());
    }

    [Theory]
    [MemberData(nameof(WithExample))]
    public void An_example_breaks_its_rule_exactly_where_it_is_marked(string name)
    {
        var rule = RuleCatalogue.Find(name)!;

        var found = Check(rule.ExampleText!).Where(diagnostic => diagnostic.Code == name).ToList();

        var diagnostic = Assert.Single(found);
        Assert.Equal(Marked(rule.Example!), (diagnostic.Line, diagnostic.Column, diagnostic.Length));
        Assert.Equal(rule.Severity, diagnostic.Severity);
    }

    [Theory]
    [MemberData(nameof(WithExample))]
    public void A_corrected_example_keeps_its_rule_and_has_no_error_or_warning_of_any(string name) =>
        Assert.Empty(Check(RuleCatalogue.Find(name)!.Corrected!)
            .Where(diagnostic => diagnostic.Code == name || diagnostic.Severity != Severity.Hint)
            .Select(diagnostic => $"{diagnostic} [{diagnostic.Code}]"));

    [Fact]
    public void The_page_is_what_the_catalogue_says() =>
        Assert.Equal(File.ReadAllText(Reading.RepositoryFile("docs", "lint.md")), RulePage.Markdown());

    [Fact]
    public void A_misspelt_name_is_understood() => Assert.Equal("password-cut", RuleCatalogue.Nearest("pasword-cut"));

    private static IReadOnlyList<Diagnostic> Check(string text) =>
        Linter.Lint(ConfigReader.Read(Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true));

    /// <summary>Line, column and length of the marked part.</summary>
    private static (int Line, int Column, int Length) Marked(string example)
    {
        var open = example.IndexOf(LintRule.Opening, StringComparison.Ordinal);
        var close = example.IndexOf(LintRule.Closing, StringComparison.Ordinal);
        var before = example[..open].Split('\n');
        return (before.Length, before[^1].Length + 1, close - open - 1);
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KebabCase();
}
