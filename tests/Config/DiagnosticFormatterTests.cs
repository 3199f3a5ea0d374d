using Director.Config;

namespace Director.Tests.Config;

public sealed class DiagnosticFormatterTests
{
    private static readonly LintRule Brace = RuleCatalogue.Find(DiagnosticCode.Brace)!;
    private static readonly LintRule Unknown = RuleCatalogue.Find(DiagnosticCode.UnknownKeyword)!;

    [Fact]
    public void Each_diagnostic_stands_above_its_line_and_a_mark_with_what_to_do_and_once_why_and_the_counts_stand_last() =>
        Assert.Equal($$"""
            /etc/keepalived/keepalived.conf:2:5: warning: unknown keyword 'router_idLVS': the line is ignored [unknown-keyword]
                2 |     router_idLVS
                  |     ^^^^^^^^^^^^
                  = why: {{Unknown.Why}}
                  = fix: did you mean 'router_id LVS'?

            /etc/keepalived/keepalived.conf:4:1: error: this '}' closes nothing [brace]
                4 | }
                  | ^
                  = why: {{Brace.Why}}
                  = fix: {{Brace.Fix}}

            /etc/keepalived/keepalived.conf:5:1: error: this '}' closes nothing [brace]
                5 | }
                  | ^

            2 errors, 1 warning

            """, Format("global_defs {\n    router_idLVS\n}\n}\n}\n"));

    [Fact]
    public void Other_places_of_the_file_are_shown_in_its_order_and_what_lies_between_is_left_out() =>
        Assert.Contains("""
             [duplicate-keyword]
                2 |     router_id a
                  |     --------- first given here
              ...
                5 |         router_id b
                  |         ^^^^^^^^^
                  = why:
            """, Format("global_defs {\n    router_id a\n\n\n        router_id b\n}\n"), StringComparison.Ordinal);

    [Fact]
    public void A_place_in_another_file_is_shown_last_with_its_path()
    {
        var files = new MemoryConfigFiles
        {
            [Reading.Path] = "include /etc/a.conf\nvrrp_instance A {\n",
            ["/etc/a.conf"] = "vrrp_instance A {\n}\n",
        };

        Assert.Contains("""
                2 | vrrp_instance A {
                  |               ^
                  ::: /etc/a.conf:1:15
                1 | vrrp_instance A {
                  |               - first given here

            """, DiagnosticFormatter.Format(Reading.Read(files)), StringComparison.Ordinal);
    }

    [Fact]
    public void As_keepalived_has_it_a_diagnostic_is_one_line_with_its_path_and_line_in_front() =>
        Assert.Equal(
            ["(/etc/keepalived/keepalived.conf: Line 2) unknown keyword 'foo': the line is ignored", "(/nowhere) there is no such file"],
            Reading.Read("\nfoo\n").Diagnostics.Concat(ConfigReader.Read("/nowhere", new MemoryConfigFiles()).Diagnostics)
                .Select(DiagnosticFormatter.AsKeepalived));

    [Fact]
    public void A_clean_configuration_prints_nothing() => Assert.Equal("", Format("# nothing\n"));

    [Fact]
    public void Tabs_keep_the_mark_below_its_word() =>
        Assert.Equal("      |   ^^^", Format("vrrp_instance\ta {\n\t\tfoo bar\n", "foo"));

    [Fact]
    public void Of_a_long_line_the_part_around_the_place_is_shown()
    {
        var lines = Format($"{new string(' ', 500)}foo {new string('x', 500)}").Split('\n');

        Assert.Contains("foo", lines[1], StringComparison.Ordinal);
        Assert.True(lines[1].Length <= ConfigLimits.MaxShownCharacters + 8, lines[1]);
        Assert.Equal(lines[1].IndexOf("foo", StringComparison.Ordinal), lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_that_a_terminal_obeys_is_printed()
    {
        var text = Format("\u001b[31mred\u0007 x\nrouter\u0085 {\n\u2028\n}\n");

        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u2028', text);
        Assert.StartsWith("/etc/keepalived/keepalived.conf:1:1: warning: unknown keyword '\ufffd[31mred\ufffd': the line is ignored "
            + "[unknown-keyword]\n    1 | \ufffd[31mred\ufffd x\n",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagnostic_of_a_whole_file_stands_alone() =>
        Assert.StartsWith("/nowhere: error: there is no such file [unreadable]\n      = why: ",
            DiagnosticFormatter.Format(ConfigReader.Read("/nowhere", new MemoryConfigFiles())), StringComparison.Ordinal);

    [Fact]
    public void Beyond_the_limit_diagnostics_are_counted_and_errors_are_not_lost_among_warnings()
    {
        var result = Reading.Read(string.Concat(Enumerable.Repeat("foo\n", 5000)) + "}\n");

        Assert.True(result.HasErrors);
        Assert.Equal(ConfigLimits.MaxDiagnosticsPerSeverity + 2, result.Diagnostics.Count);
        Assert.Equal((Severity.Error, 5001), (result.Diagnostics[^2].Severity, result.Diagnostics[^2].Line));
        var last = result.Diagnostics[^1];
        Assert.Equal((Severity.Warning, "limit", ConfigLimits.MaxDiagnosticsPerSeverity + 1), (last.Severity, last.Code, last.Line));
        Assert.Equal($"{5000 - ConfigLimits.MaxDiagnosticsPerSeverity} more like these, from here on", last.Message);
    }

    private static string Format(string text) => DiagnosticFormatter.Format(Reading.Read(text));

    /// <summary>The line of marks below the diagnostic about a word.</summary>
    private static string Format(string text, string word)
    {
        var lines = Format(text).Split('\n');
        return lines[Array.FindIndex(lines, line => line.Contains($"'{word}'", StringComparison.Ordinal)) + 2];
    }
}
