using Director.Config.Text;

namespace Director.Tests.Config;

public sealed class ScriptKeywordTests
{
    private const string Service = "virtual_server 10.0.0.1 80 {\nlb_algo wlc\nlb_kind DR\nprotocol TCP\nreal_server 10.0.0.2 80 {\n";

    [Theory]
    [InlineData("notify_up /bin/x",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x)")]
    [InlineData("  notify_up \"/bin/x 'a b' c\" # up",
        "6:3 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x 'a b' c)")]
    [InlineData("notify_up /bin/x a b",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x as user 'a', group 'b'; "
        + "to pass arguments quote the whole command: \"/bin/x a b\")")]
    [InlineData("notify_up /bin/x 'a b' c d",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x as user 'a b', group 'c', "
        + "and ignore the words after it; to pass arguments quote the whole command: \"/bin/x 'a b' c d\")")]
    [InlineData("notify_up /bin/x a\\\"b",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x as user 'a\\\"b'; "
        + "to pass arguments quote the whole command)")]
    [InlineData("notify_up \"/bin/x a\" root",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x a as user 'root')")]
    [InlineData("notify_up", "6:1 error missing-argument: 'notify_up' needs a command")]
    [InlineData("notify_up \"\"", "6:11 error invalid-value: the command is empty")]
    [InlineData("notify_up /bin/x \"a b", "6:18 error unterminated-quote: the quote is not closed on this line")]
    [InlineData("notify_up \"/bin/x 'a\"",
        "6:19 error unterminated-quote: the single quote is not closed on this line "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)")]
    [InlineData("notify_up '/bin/x # y'",
        "6:11 error unterminated-quote: the single quote is not closed on this line "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)")]
    [InlineData("notify_up /bin/x \\", "6:18 error invalid-value: nothing follows the backslash (a backslash is written \\\\)")]
    [InlineData("notify_up /bin/x ${_HASH} '", "6:11 error unterminated-quote: the single quote is not closed on this line; "
        + "it is read as 'notify_up /bin/x # '' "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)")]
    [InlineData("notify_up /bin/x {a}", "6:18 error brace: 'notify_up' has no block; this one is ignored "
        + "(put a command that holds braces into double quotes)")]
    [InlineData("notify_up \"/bin/x {a}\"",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x {a})")]
    [InlineData("notify_up /bin/x#1",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x)\n"
        + "6:11 warning comment-in-value: a comment begins right after the last word: the rest of the line is not part of it "
        + "(put a command that holds # or ! into double quotes)")]
    [InlineData("notify_up/bin/x", "6:1 warning unknown-keyword: unknown keyword 'notify_up/bin/x': the line is ignored "
        + "(did you mean 'notify_up /bin/x'?)")]
    [InlineData("notify_up \"/bin/x \\E[31m\"",
        "6:1 warning not-supported: 'notify_up' is not supported yet: nothing is run (it would run /bin/x \ufffd[31m)")]
    [InlineData("MISC_CHECK {\nmisc_path \"/bin/x a b\"\nmisc_timeout 3\nmisc_dynamic\nuser a b\n}",
        "6:1 warning not-supported: 'MISC_CHECK' is not supported yet: its block is ignored")]
    [InlineData("MISC_CHECK {\n  misc_path /bin/x a b\n}",
        "6:1 warning not-supported: 'MISC_CHECK' is not supported yet: its block is ignored\n"
        + "7:20 warning extra-words: 'misc_path' is not supported yet; the words after /bin/x would be ignored "
        + "(to pass arguments quote the whole command: \"/bin/x a b\")")]
    [InlineData("MISC_CHECK {\nmisc_path '/bin/x a\nmisc_timout 3\n}",
        "6:1 warning not-supported: 'MISC_CHECK' is not supported yet: its block is ignored\n"
        + "7:11 error unterminated-quote: the single quote is not closed on this line "
        + "(only double quotes keep # and ! from beginning a comment, and braces a block)\n"
        + "8:1 warning unknown-keyword: unknown keyword 'misc_timout': the line is ignored (did you mean 'misc_timeout'?)")]
    public void A_script_that_is_not_run_yet_is_understood_and_its_traps_are_named(string lines, string expected) =>
        Assert.Equal(expected, Reading.Listing($"{Service}{lines}\n}}\n}}\n"));

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
}
