using System.Text.Json;
using System.Text.Json.Nodes;
using Director.Commands;
using Director.Config;
using Director.Hosting;
using Director.Tests.Config;

namespace Director.Tests.Commands;

public sealed class CheckReportTests
{
    private static readonly string Schema = Reading.RepositoryFile("docs", "check.schema.json");

    [Fact]
    public void The_json_has_every_diagnostic_with_its_places_why_and_fix()
    {
        var json = Report("global_defs {\n    router_id a\n    router_id b\n}\n}\n");

        Assert.Equal(
            (1, Reading.Path, false),
            (json["version"]!.GetValue<int>(), json["file"]!.GetValue<string>(), json["usable"]!.GetValue<bool>()));
        Assert.Equal((1, 1, 0), (Number(json, "errors"), Number(json, "warnings"), Number(json, "hints")));
        var warning = json["diagnostics"]![0]!;
        var rule = RuleCatalogue.Find("duplicate-keyword")!;
        Assert.Equal(
            ("duplicate-keyword", "warning", 3, 5, 9, "    router_id b", rule.Why, rule.Fix),
            (Text(warning, "rule"), Text(warning, "severity"), Number(warning, "line"), Number(warning, "column"),
                Number(warning, "length"), Text(warning, "text"), Text(warning, "why"), Text(warning, "fix")));
        var related = Assert.Single(warning["related"]!.AsArray())!;
        Assert.Equal((Reading.Path, 2, 5, "first given here"),
            (Text(related, "file"), Number(related, "line"), Number(related, "column"), Text(related, "label")));
        Assert.Equal("brace", Text(json["diagnostics"]![1]!, "rule"));
    }

    [Fact]
    public void The_schema_in_the_documentation_is_that_of_what_is_printed() =>
        Assert.Equal(File.ReadAllText(Schema), CheckReport.Schema());

    [Theory]
    [InlineData("# nothing\n", false, 0)]
    [InlineData("foo\n", false, 0)]
    [InlineData("foo\n", true, 2)]
    [InlineData("include *.none\n", true, 0)]
    [InlineData("}\n", false, 1)]
    [InlineData("}\nfoo\n", true, 1)]
    public void The_exit_code_says_whether_it_can_be_run(string text, bool isStrict, int code) =>
        Assert.Equal(code, CheckCommand.ExitCodeOf(Reading.Read(text).Diagnostics, isStrict));

    [Fact]
    public void The_file_may_come_by_standard_input_and_include_others()
    {
        var files = new StandardInput(new MemoryConfigFiles { ["/etc/a.conf"] = "foo\n" }, new StringReader("bar\ninclude /etc/a.conf\n"));

        var result = ConfigReader.Read(StandardInput.Path, files);

        Assert.Equal(["-:1:1", "/etc/a.conf:1:1"], result.Diagnostics.Select(diagnostic => diagnostic.Location.ToString()));
    }

    [Fact]
    public void A_script_that_this_host_has_not_is_said_unless_the_file_is_for_another()
    {
        var text = "vrrp_script a {\nscript /nowhere/x\n}\nvrrp_instance A {\ninterface e0\nvirtual_router_id 1\n"
            + "virtual_ipaddress {\n10.0.0.1\n}\ntrack_script {\na\n}\n}\n";

        Assert.Contains(Diagnose(text, true), diagnostic => diagnostic is { Code: "script-problem", Line: 2, Column: 8 });
        Assert.DoesNotContain(Diagnose(text, false), diagnostic => diagnostic.Code == "script-problem");
    }

    [Fact]
    public void Colours_are_put_around_words_and_never_over_the_end_of_a_line()
    {
        var (plain, coloured) = (new StringWriter(), new StringWriter());

        TerminalPen.For(plain, withColours: false)(Ink.Error, "error\n");
        TerminalPen.For(coloured, withColours: true)(Ink.Error, "error\n");

        Assert.Equal(("error\n", "\u001b[1;31merror\u001b[0m\n"), (plain.ToString(), coloured.ToString()));
    }

    [Theory]
    [InlineData("xterm", null, true)]
    [InlineData("xterm", "", true)]
    [InlineData("xterm", "1", false)]
    [InlineData("dumb", null, false)]
    [InlineData(null, null, false)]
    public void The_environment_may_ask_for_no_colours(string? term, string? noColor, bool has) =>
        Assert.Equal(has, TerminalPen.HasColours(name => name == "TERM" ? term : name == "NO_COLOR" ? noColor : null));

    private static IReadOnlyList<Diagnostic> Diagnose(string text, bool withHost) => CheckCommand.Diagnose(
        ConfigReader.Read(Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true), withHost);

    private static JsonNode Report(string text)
    {
        var result = ConfigReader.Read(Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true);
        var report = CheckReport.Of(Reading.Path, CheckCommand.Diagnose(result, withHost: true), result.Sources);
        return JsonNode.Parse(JsonSerializer.Serialize(report, ReportJson.Default.CheckReport))!;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();
}
