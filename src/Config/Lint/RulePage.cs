using System.Text;

namespace Director.Config;

/// <summary>The catalogue as text for people. <c>docs/lint.md</c> is <see cref="Markdown"/>.</summary>
public static class RulePage
{
    private const string ExamplePath = "/etc/keepalived/keepalived.conf";
    private const int Width = 140;

    /// <summary>All rules as a page of Markdown.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Rules of `director check`

            This page is `director check --rules`; a test keeps it so. Each diagnostic names its rule, and `director check --explain RULE`
            says what stands here. How the command is used, its exit codes and its JSON: [check.md](check.md).

            | rule | severity | |
            |---|---|---|

            """);
        foreach (var rule in RuleCatalogue.All)
            text.Append($"| [`{rule.Name}`](#{rule.Name}) | {Name(rule.Severity)} | ").Append(rule.Summary).Append(" |\n");
        foreach (var rule in RuleCatalogue.All)
        {
            text.Append("\n## ").Append(rule.Name).Append("\n\n");
            Append(text, $"{rule.Summary} {rule.Why}");
            Append(text, $"Fix: {rule.Fix}.");
            if (Listing(rule) is { } listing) text.Append("\n```\n").Append(listing).Append("```\n");
        }

        return text.ToString();
    }

    /// <summary>One rule as plain text.</summary>
    public static string Explain(LintRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var text = new StringBuilder().Append(rule.Name).Append(" (").Append(Name(rule.Severity)).Append(")\n\n");
        Append(text, rule.Summary);
        Append(text, $"Why: {rule.Why}");
        Append(text, $"Fix: {rule.Fix}.");
        if (rule is { ExampleText: { } example, Corrected: { } corrected })
        {
            text.Append("\nWrong:\n\n").Append(Indented(example)).Append("\nRight:\n\n").Append(Indented(corrected));
        }

        return text.ToString();
    }

    /// <summary>What a check of the rule's example says of the rule; null without an example.</summary>
    private static string? Listing(LintRule rule)
    {
        if (rule.ExampleText is not { } example) return null;
        var result = ConfigReader.Read(ExamplePath, new ExampleFiles(example), keepsSyntax: true);
        var found = Linter.Lint(result).First(diagnostic => diagnostic.Code == rule.Name);
        var lines = DiagnosticFormatter.Format([found], result.Sources).Split('\n');
        return string.Concat(lines.TakeWhile(line => line.Length > 0 && !line.StartsWith("      = ", StringComparison.Ordinal))
            .Select(line => $"{line.Replace($"{ExamplePath}:", "", StringComparison.Ordinal)}\n"));
    }

    /// <summary>A paragraph, after an empty line unless it is the first.</summary>
    private static void Append(StringBuilder text, string paragraph)
    {
        if (text[^1] != '\n' || text[^2] != '\n') text.Append('\n');
        var column = 0;
        foreach (var word in paragraph.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }

            if (column > 0) text.Append(' ');
            text.Append(word);
            column += word.Length + 1;
        }

        text.Append('\n');
    }

    private static string Indented(string text) =>
        string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n"));

    private static string Name(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>One file, which is the example.</summary>
    private sealed class ExampleFiles(string example) : IConfigFiles
    {
        public ConfigFileKind KindOf(string path) => path == ExamplePath ? ConfigFileKind.Regular : ConfigFileKind.Missing;

        public bool TryRead(string path, out string text)
        {
            text = example;
            return path == ExamplePath;
        }

        public IReadOnlyList<string> NamesIn(string directory) => [];
    }
}
