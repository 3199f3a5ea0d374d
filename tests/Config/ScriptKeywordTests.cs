using Director.Config;
using Director.Config.Text;

namespace Director.Tests.Config;

public sealed class ScriptKeywordTests
{
    private const string Service = "virtual_server 10.0.0.1 80 {\nlb_algo wlc\nlb_kind DR\nprotocol TCP\nreal_server 10.0.0.2 80 {\n";

    [Theory]
    [InlineData("notify_up /bin/x", "/bin/x", "")]
    [InlineData("  notify_up \"/bin/x 'a b' c\" # up", "/bin/x|a b|c", "")]
    [InlineData("notify_up /bin/x a b", "/bin/x as a:b", "")]
    [InlineData("notify_up /bin/x 'a b' c d", "/bin/x as a b:c",
        "6:26 warning extra-words: the words after user and group are ignored "
        + "(to pass arguments quote the whole command: \"/bin/x 'a b' c d\")")]
    [InlineData("notify_up /bin/x a\\\"b", "/bin/x as a\\\"b:", "")]
    [InlineData("notify_up \"/bin/x a\" root", "/bin/x|a as root:", "")]
    [InlineData("notify_up", null, "6:1 error missing-argument: 'notify_up' needs a command")]
    [InlineData("notify_up \"\"", null, "6:11 error invalid-value: the command is empty")]
    [InlineData("notify_up /bin/x \"a b", null, "6:18 error unterminated-quote: the quote is not closed on this line")]
    [InlineData("notify_up \"/bin/x 'a\"", null,
        "6:19 error unterminated-quote: the single quote is not closed on this line "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)")]
    [InlineData("notify_up '/bin/x # y'", null,
        "6:11 error unterminated-quote: the single quote is not closed on this line "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)")]
    [InlineData("notify_up /bin/x \\", null, "6:18 error invalid-value: nothing follows the backslash (a backslash is written \\\\)")]
    [InlineData("notify_up /bin/x ${_HASH} '", null, "6:11 error unterminated-quote: the single quote is not closed on this line; "
        + "it is read as 'notify_up /bin/x # '' "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)")]
    [InlineData("notify_up /bin/x {a}", null, "6:18 error brace: 'notify_up' has no block; this one is ignored "
        + "(put a command that holds braces into double quotes)")]
    [InlineData("notify_up \"/bin/x {a}\"", "/bin/x|{a}", "")]
    [InlineData("notify_up /bin/x#1", "/bin/x",
        "6:11 warning comment-in-value: a comment begins right after the last word: the rest of the line is not part of it "
        + "(put a command that holds # or ! into double quotes)")]
    [InlineData("notify_up/bin/x", null, "6:1 warning unknown-keyword: unknown keyword 'notify_up/bin/x': the line is ignored "
        + "(did you mean 'notify_up /bin/x'?)")]
    public void A_script_of_a_server_is_split_and_its_traps_are_named(string line, string? script, string expected)
    {
        var result = Reading.Read($"{Service}{line}\n}}\n}}\n");
        Assert.Equal(expected, Reading.Listing(result));
        Assert.Equal(script, Shown(Assert.Single(Assert.Single(result.Config.VirtualServers).RealServers).Notify.Up));
    }

    [Theory]
    [InlineData("MISC_CHECK {\nmisc_path \"/bin/x a b\"\nmisc_timeout 3\nmisc_dynamic\nuser a b\n}", "/bin/x|a|b as a:b", "")]
    [InlineData("MISC_CHECK {\n  misc_path /bin/x a b\n}", "/bin/x",
        "7:20 warning extra-words: the words after /bin/x are ignored (to pass arguments quote the whole command: \"/bin/x a b\")")]
    [InlineData("MISC_CHECK {\nmisc_path '/bin/x a\nmisc_timout 3\n}", null,
        "7:11 error unterminated-quote: the single quote is not closed on this line "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)\n"
        + "8:1 warning unknown-keyword: unknown keyword 'misc_timout': the line is ignored (did you mean 'misc_timeout'?)")]
    [InlineData("MISC_CHECK {\n}", null, "6:1 error missing-keyword: 'MISC_CHECK' has no 'misc_path'")]
    public void A_script_that_checks_is_split_and_its_traps_are_named(string block, string? script, string expected)
    {
        var result = Reading.Read($"{Service}{block}\n}}\n}}\n");
        Assert.Equal(expected, Reading.Listing(result));
        var check = Assert.Single(Assert.Single(result.Config.VirtualServers).RealServers).Checks.SingleOrDefault();
        Assert.Equal(script, Shown((check as MiscCheckConfig)?.Script));
    }

    [Theory]
    [InlineData("script \"/bin/x 'a b'\"", "/bin/x", "a b", "")]
    [InlineData("script /bin/x a", "/bin/x", "",
        "2:15 warning extra-words: the words after /bin/x are ignored (to pass arguments quote the whole command: \"/bin/x a\")")]
    [InlineData("script \"</dev/tcp/127.0.0.1/80\"", "/bin/bash", "-c|</dev/tcp/127.0.0.1/80",
        "2:8 hint shell-command: this is for a shell: it is run by /bin/bash")]
    public void A_script_that_is_run_is_split_and_its_traps_are_named(string line, string program, string arguments, string expected)
    {
        var result = Reading.Read($$"""
            vrrp_script A {
            {{line}}
            }
            vrrp_instance V {
            interface e0
            virtual_router_id 1
            virtual_ipaddress {
            10.0.0.1
            }
            track_script {
            A
            }
            }
            """);

        Assert.Equal(expected, Reading.Listing(result));
        var script = Assert.Single(result.Config.Scripts).Script;
        Assert.Equal((program, arguments), (script.Program, string.Join('|', script.Arguments)));
    }

    [Fact]
    public void Every_keyword_of_a_script_is_read_as_one_where_it_may_stand()
    {
        string[] blocks =
        [
            "global_defs {\n", "vrrp_instance A {\n", "vrrp_sync_group A {\n", "vrrp_script A {\n", "virtual_server 10.0.0.1 80 {\n",
            Service, $"{Service}MISC_CHECK {{\n", $"{Service}HTTP_GET {{\nurl {{\n",
        ];

        Assert.All(ScriptKeyword.Names, keyword => Assert.Contains(blocks, block =>
            Reading.Listing($"{block}{keyword} /bin/x 'a b").Contains("the single quote is not closed", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_line_beyond_all_bounds_is_a_located_error() =>
        Assert.Contains("6:11 error limit: the command is longer than 131072 characters",
            Reading.Listing($"{Service}notify_up {new string('x', 200_000)}\n}}\n}}\n"), StringComparison.Ordinal);

    private static string? Shown(ScriptConfig? script) => script is null
        ? null
        : string.Join('|', [script.Program, .. script.Arguments]) + (script.User is null ? "" : $" as {script.User}:{script.Group}");
}
