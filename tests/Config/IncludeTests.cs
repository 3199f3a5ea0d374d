using Director.Config;

namespace Director.Tests.Config;

public sealed class IncludeTests
{
    [Fact]
    public void An_included_file_is_read_in_place_and_relative_to_the_file_that_includes_it()
    {
        var files = WithMain("  include conf.d/a.conf  # comment\n\"include\" x\n");
        files["/etc/keepalived/conf.d/a.conf"] = "include more/b.conf\n" + Instance("A", 1);
        files["/etc/keepalived/conf.d/more/b.conf"] = Instance("B", 2);

        var result = Reading.Read(files);

        Assert.Equal(["B", "A"], Names(result));
        Assert.Equal("/etc/keepalived/conf.d/more/b.conf:1", Location(result, "B"));
        Assert.Equal("2:1 warning unknown-keyword: unknown keyword 'include': the line is ignored", Reading.Listing(result));
    }

    [Fact]
    public void An_include_may_stand_within_a_block_and_bring_a_part_of_it()
    {
        var files = WithMain("vrrp_instance A {\ninclude body\npriority 7\n}\n");
        files["/etc/keepalived/body"] = Body(9);

        var result = Reading.Read(files);

        Assert.Equal("", Reading.Listing(result));
        Assert.Equal((9, 7), (Assert.Single(result.Config.VrrpInstances).VirtualRouterId, result.Config.VrrpInstances[0].Priority));
    }

    [Fact]
    public void Matches_are_read_in_order_and_braces_from_left_to_right()
    {
        var files = WithMain("include conf.d/{z,a}*.conf\n");
        foreach (var (name, id) in new[] { ("a2", 2), ("a1", 1), ("z2", 4), ("z1", 3), ("b1", 5) })
            files[$"/etc/keepalived/conf.d/{name}.conf"] = Instance(name, id);

        var result = Reading.Read(files);

        Assert.Equal("", Reading.Listing(result));
        Assert.Equal(["z1", "z2", "a1", "a2"], Names(result));
    }

    [Fact]
    public void An_absolute_pattern_with_wildcards_in_directories_is_followed()
    {
        var files = WithMain("include /srv/*/c[a-c].conf\n");
        files["/srv/x/ca.conf"] = Instance("xa", 1);
        files["/srv/y/cb.conf"] = Instance("yb", 2);
        files["/srv/y/cd.conf"] = Instance("yd", 3);
        files["/srv/file"] = "";

        Assert.Equal(["xa", "yb"], Names(Reading.Read(files)));
    }

    [Theory]
    [InlineData("include", Severity.Warning)]
    [InlineData("includer", Severity.Error)]
    [InlineData("includea", Severity.Error)]
    [InlineData("includem", Severity.Warning)]
    public void An_executable_or_unreadable_file_is_skipped_with_a_diagnostic(string keyword, Severity severity)
    {
        var files = WithMain($"{keyword} *.inc\n");
        files["/etc/keepalived/a.inc"] = Instance("A", 1);
        files["/etc/keepalived/b.inc"] = Instance("B", 2);
        files["/etc/keepalived/c.inc"] = Instance("C", 3);
        files.MakeExecutable("/etc/keepalived/a.inc");
        files.MakeUnreadable("/etc/keepalived/b.inc");

        var result = Reading.Read(files);

        var name = severity == Severity.Error ? "error" : "warning";
        var place = $"1:{keyword.Length + 2} {name} unreadable: /etc/keepalived";
        Assert.Equal(
            $"{place}/a.inc: the file is executable and is not read, as by keepalived (chmod a-x /etc/keepalived/a.inc)\n"
            + $"{place}/b.inc: cannot be read: permission denied",
            Reading.Listing(result));
        Assert.Equal(["C"], Names(result));
    }

    [Fact]
    public void A_directory_is_skipped_with_a_hint()
    {
        var files = WithMain("include *\n");
        files["/etc/keepalived/sub/a"] = "x";

        Assert.Contains("hint unreadable: /etc/keepalived/sub is a directory and is skipped", Reading.Listing(Reading.Read(files)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include none", "warning", "none")]
    [InlineData("includer none", "warning", "none")]
    [InlineData("includem none", "error", "none")]
    [InlineData("includea none", "error", "none")]
    [InlineData("include none*", "hint", "none*")]
    [InlineData("includew none*", "error", "none*")]
    [InlineData("includem none*", "error", "none*")]
    [InlineData("includeb none*", "hint", "none*")]
    [InlineData("include {there,none}", "warning", "none")]
    [InlineData("includeb {there,none}", "error", "none")]
    [InlineData("includew {there,none}", "warning", "none")]
    public void What_matches_nothing_is_said_and_is_an_error_where_the_keyword_says_so(string line, string severity, string pattern)
    {
        var files = WithMain($"{line}\n");
        files["/etc/keepalived/there"] = "";

        Assert.Equal($"1:{line.IndexOf(' ', StringComparison.Ordinal) + 2} {severity} include-no-match: no file matches '{pattern}'",
            Reading.Listing(Reading.Read(files)));
    }

    [Theory]
    [InlineData("include_check", "error")]
    [InlineData("include_check match", "error")]
    [InlineData("include_check read", "warning")]
    [InlineData("include_check +match", "error")]
    [InlineData("include_check\ninclude_check -match", "warning")]
    public void The_default_strictness_can_be_set(string check, string severity)
    {
        var listing = Reading.Listing(Reading.Read(WithMain($"global_defs {{\n{check}\n}}\ninclude none\n")));

        Assert.Equal($"{(check.Contains('\n', StringComparison.Ordinal) ? 5 : 4)}:9 {severity} include-no-match: no file matches 'none'",
            listing);
    }

    [Fact]
    public void The_strictness_of_an_included_file_ends_with_it()
    {
        var files = WithMain("include a\ninclude none\n");
        files["/etc/keepalived/a"] = "global_defs {\ninclude_check\n}\n";

        Assert.Equal("2:9 warning include-no-match: no file matches 'none'", Reading.Listing(Reading.Read(files)));
    }

    [Fact]
    public void An_include_without_a_path_is_an_error() =>
        Assert.Equal("1:1 error missing-argument: 'include' needs the path of a file", Reading.Listing("include\n"));

    [Fact]
    public void A_file_that_includes_itself_is_an_error_and_is_read_once()
    {
        var files = WithMain("include a\n");
        files["/etc/keepalived/a"] = "include ../keepalived/keepalived.conf\n" + Instance("A", 1);

        var result = Reading.Read(files);

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("include-cycle", Severity.Error, "/etc/keepalived/a", 1),
            (diagnostic.Code, diagnostic.Severity, diagnostic.File, diagnostic.Line));
        Assert.Equal(["A"], Names(result));
    }

    [Fact]
    public void Includes_end_at_the_depth_limit()
    {
        var files = WithMain("include d0\n");
        for (var i = 0; i < 100; i++) files[$"/etc/keepalived/d{i}"] = $"include d{i + 1}\n";

        var diagnostic = Assert.Single(Reading.Read(files).Diagnostics);

        Assert.Equal(("limit", Severity.Error), (diagnostic.Code, diagnostic.Severity));
        Assert.Equal($"/etc/keepalived/d{ConfigLimits.MaxIncludeDepth - 2}", diagnostic.File);
    }

    [Fact]
    public void Files_that_include_each_next_one_twice_end_at_the_file_limit()
    {
        var files = WithMain("include d0\n");
        for (var i = 0; i < 30; i++) files[$"/etc/keepalived/d{i}"] = $"include d{i + 1}\ninclude d{i + 1}\n";
        files["/etc/keepalived/d30"] = "";

        var diagnostic = Assert.Single(Reading.Read(files).Diagnostics);

        Assert.Equal(("limit", Severity.Error), (diagnostic.Code, diagnostic.Severity));
    }

    [Fact]
    public void A_main_file_that_is_missing_executable_or_unreadable_is_an_error_of_the_file()
    {
        var files = new MemoryConfigFiles();
        Assert.Equal($"{Reading.Path}: error: there is no such file", Assert.Single(Reading.Read(files).Diagnostics).ToString());

        files[Reading.Path] = "";
        files.MakeExecutable(Reading.Path);
        Assert.Equal($"{Reading.Path}: error: the file is executable and is not read, as by keepalived (chmod a-x {Reading.Path})",
            Assert.Single(Reading.Read(files).Diagnostics).ToString());

        files = new() { [Reading.Path] = "" };
        files.MakeUnreadable(Reading.Path);
        Assert.Equal($"{Reading.Path}: error: cannot be read: permission denied",
            Assert.Single(Reading.Read(files).Diagnostics).ToString());
        Assert.Equal("/etc: error: it is a directory", Assert.Single(ConfigReader.Read("/etc", files).Diagnostics).ToString());
    }

    private static MemoryConfigFiles WithMain(string text) => new() { [Reading.Path] = text };

    private static string Body(int id) => $"interface eth0\nvirtual_router_id {id}\nvirtual_ipaddress {{ 10.0.0.{id}\n}}\n";

    private static string Instance(string name, int id) => $"vrrp_instance {name} {{\n{Body(id)}}}\n";

    private static IEnumerable<string> Names(ConfigResult result) => result.Config.VrrpInstances.Select(instance => instance.Name);

    private static string Location(ConfigResult result, string name) =>
        result.Config.VrrpInstances.Single(instance => instance.Name == name).Location.ToString().Replace(":1:1", ":1",
            StringComparison.Ordinal);
}
