using Director.Config;
using Director.Config.Text;

namespace Director.Tests.Config;

public sealed class LexerTests
{
    [Theory]
    [InlineData("weight 1", "weight|1")]
    [InlineData(" \t\f\vweight \t 1\r\n", "weight|1")]
    [InlineData("a\nb\r\nc\r\r\nd", "a;b;c;d")]
    [InlineData("a\rb", "a|b")]
    [InlineData("\n\n  \n", "")]
    [InlineData("", "")]
    [InlineData("a # b\n! c\n#d\ne!f\ng#h i", "a;e;g")]
    [InlineData("a \"# not ! a comment\" b # but this is", "a|# not ! a comment|b")]
    [InlineData(@"a\#b \!c \# \n \\ \", @"a#b|!c|#|\n|\\|\")]
    [InlineData("\"\" a", "|a")]
    [InlineData("a\"b c\"d", "a|b c|d")]
    [InlineData("\"a\"\"b\"", "a|b")]
    [InlineData(@"""a\""b", @"a\|b")]
    [InlineData("'a b'", "'a|b'")]
    [InlineData("block {", "block;{")]
    [InlineData("block\n{\n}", "block;{;}")]
    [InlineData("block { weight 1 }", "block;{;weight|1;}")]
    [InlineData("a{b}c", "a;{;b;};c")]
    [InlineData("a \"{\" b", "a|{|b")]
    [InlineData("}{", "};{")]
    [InlineData("a{#b}\nc", "a;{;c")]
    [InlineData("a ${X b", "a|$;{;X|b")]
    [InlineData("p${_HASH}q \"${_BANG}\"", "p#q|!")]
    public void Text_is_split_into_logical_lines_and_words(string text, string expected)
    {
        Assert.Equal(expected, string.Join(';', Lines(text, out var diagnostics).Select(Show)));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Words_know_where_they_stand_in_the_file()
    {
        var words = Lines("\n  virtual_server  10.0.0.1 {\n\t\"a b\" c\\#d", out _).SelectMany(line => line.Words);

        Assert.Equal(
            [("virtual_server", 2, 3, 14, false), ("10.0.0.1", 2, 19, 8, false), ("a b", 3, 2, 5, true), ("c#d", 3, 8, 4, false)],
            words.Select(word => (word.Text, word.Location.Line, word.Location.Column, word.Length, word.IsQuoted)));
    }

    [Theory]
    [InlineData("notify_up \"/bin/x 'a b'\"  user # comment", "notify_up|\"/bin/x 'a b'\"  user")]
    [InlineData("\t\"notify_up\"\t/bin/x\ta \t", "notify_up|/bin/x\ta")]
    [InlineData("notify_up\"/bin/x a\"", "notify_up|\"/bin/x a\"")]
    [InlineData("notify_up # nothing", "notify_up")]
    [InlineData("notify_up /bin/x\\#1 \\! 'a", "notify_up|/bin/x\\#1 \\! 'a")]
    [InlineData("notify_up \"/bin/x # ! { }\" a", "notify_up|\"/bin/x # ! { }\" a")]
    [InlineData("notify_up \"/bin/x \\\"a # b\\\" c\" # d", "notify_up|\"/bin/x \\\"a # b\\\" c\"")]
    [InlineData("notify_up '/bin/x # y'", "notify_up|'/bin/x")]
    [InlineData("notify_up '/bin/x { y }'", "notify_up|'/bin/x;{;y;};'")]
    [InlineData("notify_up '/bin/x \"{ #\" y'", "notify_up|'/bin/x \"{ #\" y'")]
    [InlineData("notify_up /bin/x \\{", "notify_up|/bin/x \\;{")]
    [InlineData("notify_up /bin/x \\\"{\\\"", "notify_up|/bin/x \\\"{\\\"")]
    [InlineData("notify_up \"/bin/x \\\"{\\\" y\"", "notify_up|\"/bin/x \\\";{;\\| y")]
    [InlineData("notify_up /bin/${X}/y", "notify_up|/bin/${X}/y")]
    [InlineData("real_server { notify_up /bin/x a }", "real_server;{;notify_up|/bin/x a;}")]
    [InlineData("router_id notify_up \"a b\"", "router_id|notify_up|a b")]
    public void The_value_of_a_script_is_one_word_as_written(string text, string expected) =>
        Assert.Equal(expected, string.Join(';', Lines(text, out _).Select(Show)));

    [Fact]
    public void The_value_of_a_script_knows_where_it_stands()
    {
        var value = Assert.Single(Lines("  notify_up   \"/bin/x a\" b  ", out _)).Words[1];

        Assert.Equal((15, 12), (value.Location.Column, value.Length));
    }

    [Theory]
    [InlineData("auth_pass pa#ss", true)]
    [InlineData("auth_pass pa!ss", true)]
    [InlineData("auth_pass pa #ss", false)]
    [InlineData("auth_pass pass", false)]
    [InlineData("notify_up \"/bin/x\"#1", true)]
    [InlineData("notify_up \"/bin/x\" #1", false)]
    public void A_comment_that_touches_a_word_is_noticed(string text, bool touches) =>
        Assert.Equal(touches, Assert.Single(Lines(text, out _)).CutByComment);

    [Fact]
    public void An_open_quote_is_reported_where_it_opens_and_the_line_is_still_split()
    {
        var lines = Lines("a \"b c\nd", out var diagnostics);

        Assert.Equal(["a|b c", "d"], lines.Select(Show));
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(("unterminated-quote", Severity.Error, 1, 3),
            (diagnostic.Code, diagnostic.Severity, diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void A_line_with_a_NUL_byte_is_dropped_and_reported()
    {
        var lines = Lines("a\nb c\0d\ne", out var diagnostics);

        Assert.Equal(["a", "e"], lines.Select(Show));
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(("nul-byte", Severity.Error, 2, 4), (diagnostic.Code, diagnostic.Severity, diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void A_line_may_be_of_any_length()
    {
        var word = new string('x', 100_000);

        Assert.Equal($"weight|{word}", Show(Assert.Single(Lines($"weight {word} # {word}", out _))));
    }

    [Theory]
    [InlineData("a ${X} b", "a|${X}|b", 3, 4)]
    [InlineData("a${X}b c", "a${X}b|c", 2, 4)]
    public void The_braces_of_a_name_that_nothing_defines_belong_to_the_word(string text, string expected, int column, int length)
    {
        Assert.Equal(expected, Show(Assert.Single(Lines(text, out var diagnostics))));
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(("definition", Severity.Warning, column, length),
            (diagnostic.Code, diagnostic.Severity, diagnostic.Column, diagnostic.Length));
    }

    private static List<LogicalLine> Lines(string text, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var sink = new DiagnosticSink();
        var reader = new LineReader(new MemoryConfigFiles { ["/f"] = text }, new ConfigSources(), sink);
        reader.Open("/f");
        List<LogicalLine> lines = [];
        while (reader.Take() is { } line) lines.Add(line);
        diagnostics = sink.Sorted(new ConfigSources());
        return lines;
    }

    private static string Show(LogicalLine line) => line.Kind switch
    {
        LogicalLineKind.Open => "{",
        LogicalLineKind.Close => "}",
        _ => string.Join('|', line.Words.Select(word => word.Text)),
    };
}
