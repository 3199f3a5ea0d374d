using Director.Config;

namespace Director.Tests.Config;

public sealed class DiagnosticFormatterTests
{
    [Fact]
    public void Each_diagnostic_stands_above_its_line_and_a_mark_and_the_counts_stand_last() =>
        Assert.Equal("""
            /etc/keepalived/keepalived.conf:2:5: warning: unknown keyword 'router_idLVS': the line is ignored (did you mean 'router_id LVS'?)
                    router_idLVS
                    ^^^^^^^^^^^^
            /etc/keepalived/keepalived.conf:4:1: error: this '}' closes nothing
                }
                ^
            1 error, 1 warning

            """, Format("global_defs {\n    router_idLVS\n}\n}\n"));

    [Fact]
    public void A_clean_configuration_prints_nothing() => Assert.Equal("", Format("# nothing\n"));

    [Fact]
    public void Tabs_keep_the_mark_below_its_word() =>
        Assert.Equal("      ^^^", Format("vrrp_instance\ta {\n\t\tfoo bar\n", "foo"));

    [Fact]
    public void Of_a_long_line_the_part_around_the_place_is_shown()
    {
        var lines = Format($"{new string(' ', 500)}foo {new string('x', 500)}").Split('\n');

        Assert.Contains("foo", lines[1], StringComparison.Ordinal);
        Assert.True(lines[1].Length <= ConfigLimits.MaxShownCharacters + 4, lines[1]);
        Assert.Equal(lines[1].IndexOf("foo", StringComparison.Ordinal), lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_that_a_terminal_obeys_is_printed()
    {
        var text = Format("\u001b[31mred\u0007 x\nrouter\u0085 {\n\u2028\n}\n");

        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u2028', text);
        Assert.StartsWith("/etc/keepalived/keepalived.conf:1:1: warning: unknown keyword '\ufffd[31mred\ufffd': the line is ignored\n"
            + "    \ufffd[31mred\ufffd x\n",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagnostic_of_a_whole_file_stands_alone() =>
        Assert.Equal("/nowhere: error: there is no such file\n1 error\n",
            DiagnosticFormatter.Format(ConfigReader.Read("/nowhere", new MemoryConfigFiles())));

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
