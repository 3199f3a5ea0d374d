using Director.Config;
using Director.Config.Text;

namespace Director.Tests.Config;

/// <summary>Definitions, generators and conditions, each rule by a table: the text, and the logical lines that it stands for.</summary>
public sealed class PreprocessorTests
{
    private const string Main = "/etc/keepalived/keepalived.conf";

    [Theory]
    [InlineData("$A=foo\n$A\n${A}\nx $A y\nx${A}y", "foo;foo;x|foo|y;xfooy")]
    [InlineData("$A=foo\nx $A, $A) $A", "x|foo,|foo)|foo")]
    [InlineData("$A= a  b \t\nx ${A}c", "x|a|bc")]
    [InlineData("$A=\nx ${A}y", "x|y")]
    [InlineData("$A=\n$A\nx", "x")]
    [InlineData("$A=1\n$a=2\nx $A $a", "x|1|2")]
    [InlineData("$_1=1\nx $_1", "x|1")]
    [InlineData("$B=x${A}\n$A=1\n$B\n$A=2\n$B", "x1;x2")]
    [InlineData("$A=1\nx $A\n$A=2\nx $A", "x|1;x|2")]
    [InlineData("$A=1\nx # $A", "x")]
    [InlineData("$A=\"a b\"\nx $A", "x|a b")]
    [InlineData("$A=a b\nx \"${A}\"", "x|a b")]
    [InlineData("$A={ a 1 }\nx $A", "x;{;a|1;}")]
    [InlineData("block { $A=1\nx $A\n}", "block;{;x|1;}")]
    [InlineData("$N=1\n$A1=y\nx ${A${N}}\n$A${N}=z\nx $A1", "x|y;x|z")]
    [InlineData("$A=notify_up \"/bin/x\n$A a\" b", "notify_up|\"/bin/x a\" b")]
    [InlineData("$1A=2\n$A =2\nx", "$1A=2;$A|=2;x")]
    [InlineData(@"$A=a\#b" + "\nx $A", "x|a#b")]
    [InlineData("x ${_HASH}y z${_BANG} \"${_HASH}\"", "x|#y|z!|#")]
    [InlineData("x ${_INSTANCE} $_INSTANCE", "x|lb1|lb1")]
    [InlineData("x ${_PWD}/a", "x|/etc/keepalived/a")]
    [InlineData("$_HASH=h\nx ${_HASH}", "x|h")]
    [InlineData("x ${_ENV SITE}-${_ENV  NONE}", "x|north-")]
    public void A_definition_is_replaced_where_it_is_used(string text, string expected) => Assert.Equal(expected, Clean(text));

    [Theory]
    [InlineData("$M= \\\n a \\\n  b 1 \\\n c\n$M\nd", "a;b|1;c;d")]
    [InlineData("$M=a \\\nb\n$M\n${M}", "a;b;a;b")]
    [InlineData("$M=\\\nb\\\nc\nx $M", "x;b;c")]
    [InlineData("$M=a\\\nb\nx $M", "x|a;b")]
    [InlineData("$M= \\\n  \\\na \\ # comment\nb\n$M", "a;b")]
    [InlineData("$M={ \\\na 1 \\\n}\nblock $M", "block;{;a|1;}")]
    [InlineData("$M= \\\na ${N} \\\nb\n$N=1\n$M\n$N=2\n$M", "a|1;b;a|2;b")]
    [InlineData("$I= \\\n i ${V}.${N} \\\n j\n$V= \\\n v${V1} { \\\n $N=1 \\\n $I \\\n $N=2 \\\n $I \\\n }\n$V1=7\n$V",
        "v7;{;i|${V}.1;j;i|${V}.2;j;}", 2)]
    [InlineData("$A= \\\n a1 \\\n $B \\\n a2\n$B= \\\n b1 \\\n b2\n$A\nc", "a1;b1;b2;a2;c")]
    [InlineData("$A= \\\n a1 \\\n $B\n$B= \\\n b1 \\\n b2\n$A\nc", "a1;b1;b2;c")]
    [InlineData("$A= \\\n @lb1 one \\\n @lb2 two \\\n @^lb2 three\n$A", "one;three")]
    public void A_definition_of_several_lines_becomes_several_lines(string text, string expected, int diagnostics = 0)
    {
        Assert.Equal(expected, string.Join(';', Lines(text, out var found)));
        Assert.Equal(diagnostics, found.Count);
    }

    [Theory]
    [InlineData("~SEQ(i, 3) x $i", "x|1;x|2;x|3")]
    [InlineData("~SEQ(i,2,4) x ${i}y", "x|2y;x|3y;x|4y")]
    [InlineData("~SEQ ( i , 4 , 2 ) x $i", "x|4;x|3;x|2")]
    [InlineData("~SEQ(i,0,2,5) x $i", "x|0;x|2;x|4")]
    [InlineData("~SEQ(i,5,-2,0) x $i", "x|5;x|3;x|1")]
    [InlineData("~SEQ(i,-3) x $i", "x|-1;x|-2;x|-3")]
    [InlineData("~SEQ(i,0) x $i", "x|1;x|0")]
    [InlineData("~SEQ(i,7,7) x $i", "x|7")]
    [InlineData("~SEQ(i,0x8,010) x $i", "x|8")]
    [InlineData("~SEQx(i,9,11) x $i", "x|9;x|a;x|b")]
    [InlineData("~SEQx(i,0x90,0x10,0xb0) fe80::${i}:1", "fe80::90:1;fe80::a0:1;fe80::b0:1")]
    [InlineData("$N=2\n~SEQ(i,$N) x $i\n~SEQ(j,${N},3) y $j", "x|1;x|2;y|2;y|3")]
    [InlineData("~SEQ(i,2) ~SEQ(j,2) x $i $j", "x|1|1;x|1|2;x|2|1;x|2|2")]
    [InlineData("~SEQ(i,2) x\nafter $i", "x;x;after|2")]
    [InlineData("~SEQ(i,2)\nafter $i", "after|2")]
    [InlineData("~LST(v, a, b) x $v", "x|a;x|b")]
    [InlineData("~LST ( v , a ) x $v", "x|a")]
    [InlineData("~LST({a, b}, {10,1}, { 20 , 4 },{5}) x ${a}.${b}", "x|10.1;x|20.4;x|5.")]
    [InlineData("~LST({a},{1},2) x $a", "x|1;x|2")]
    [InlineData("$A=one\n~LST(v, $A, two) x $v", "x|one;x|two")]
    [InlineData("~LST(v, a, b) ~SEQ(i, 2) x $v$i", "x|$v1;x|$v2;x|$v1;x|$v2")]
    [InlineData("~LST({v,w}, {a,b},{c,d}) ~SEQ(i, 168, 2, 170) x ${v}.${i}.${w}", "x|a.168.b;x|a.170.b;x|c.168.d;x|c.170.d")]
    [InlineData("$M= \\\n block ${i} { \\\n x \\\n }\n~SEQ(i,2) $M\ny", "block|1;{;x;};block|2;{;x;};y")]
    [InlineData("$M= \\\n b $i \\\n ~SEQ(j,2) c ${i}.${j} \\\n d\n~SEQ(i,2) $M", "b|1;c|1.1;c|1.2;d;b|2;c|2.1;c|2.2;d")]
    [InlineData("$G=~SEQ(k,2) p${k}\n$G\n@lb1 $G", "p1;p2;p1;p2")]
    [InlineData("block { ~SEQ(i,2) x $i\n}", "block;{;x|1;x|2;}")]
    [InlineData("~SEQ(i,2) x { y $i }", "x;{;y|1;};x;{;y|2;}")]
    [InlineData("~SEQ(i,2) $A${i}=v${i}\nx $A1 $A2", "x|v1|v2")]
    [InlineData("~x $A", "~x|$A")]
    public void A_generator_makes_a_line_for_each_value(string text, string expected) =>
        Assert.Equal(expected, string.Join(';', Lines(text, out _)));

    [Theory]
    [InlineData("@lb1 x 1\n@lb2 x 2\n@^lb1 x 3\n@^lb2 x 4", "x|1;x|4")]
    [InlineData("@lb x\n@lb11 y\n@LB1 z\n@lb1", "")]
    [InlineData("@ x\n@^ y", "y")]
    [InlineData("@lb1\tblock { @lb1 a\n@lb2 b\n}", "block;{;a;}")]
    [InlineData("@lb1 $A=1\n@lb2 $A=2\nx $A", "x|1")]
    [InlineData("@lb2 $A= \\\n a \\\n b\nx", "x")]
    [InlineData("$ME=@lb1\n$ME x\n$OTHER=@lb2\n$OTHER y", "x")]
    [InlineData("@lb1 ~SEQ(i,2) x\n@lb2 ~SEQ(i,2) y", "x;x")]
    [InlineData("@lb1 @lb1 x\n@lb1 @lb2 y", "@lb1|x;@lb2|y")]
    [InlineData("@lb1 notify_up \"a b\" c", "notify_up|\"a b\" c")]
    public void A_condition_keeps_a_line_for_one_configuration(string text, string expected) => Assert.Equal(expected, Clean(text));

    [Fact]
    public void Without_an_id_no_line_is_for_this_configuration()
    {
        var reader = new LineReader(new MemoryConfigFiles { [Main] = "@x a\n@^x b\n@ c\n" }, new ConfigSources(), new DiagnosticSink());
        reader.Open(Main);

        Assert.Equal("b", reader.Take()!.Words[0].Text);
        Assert.Null(reader.Take());
    }

    [Fact]
    public void Definitions_hold_across_files_and_know_the_file_that_uses_them()
    {
        var files = new MemoryConfigFiles
        {
            [Main] = "$DIR=conf.d\n$HERE=${_PWD}\n$A=1\nblock {\ninclude ${DIR}/*.conf\n}\nx $A $B ${HERE}\n",
            ["/etc/keepalived/conf.d/a.conf"] = "y $A ${HERE}\n$A=2\n$B=3\n",
        };

        Assert.Equal("block;{;y|1|/etc/keepalived/conf.d;};x|2|3|/etc/keepalived", string.Join(';', Lines(files, out var diagnostics)));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Generated_includes_are_read_in_their_places()
    {
        var files = new MemoryConfigFiles 
        {
            [Main] = "$M= \\\n a \\\n include 1 \\\n b\n$M\n~SEQ(i, 2) include $i\n",
            ["/etc/keepalived/1"] = "one",
            ["/etc/keepalived/2"] = "two",
        };

        Assert.Equal("a;one;b;one;two", string.Join(';', Lines(files, out var diagnostics)));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void A_random_number_is_the_same_each_time_the_configuration_is_read_and_within_its_bounds()
    {
        const string text = "~SEQ(i, 100) ${_RANDOM 5 7} ${_RANDOM} ${_RANDOM 30000}\n";

        var lines = Lines(text, out _);

        Assert.Equal(lines, Lines(text, out _));
        var numbers = lines.Select(line => line.Split('|').Select(int.Parse).ToArray()).ToList();
        Assert.Equal([5, 6, 7], numbers.Select(number => number[0]).Distinct().Order());
        Assert.All(numbers, number => Assert.InRange(number[1], 0, 32767));
        Assert.NotEqual(lines, Lines($"random_seed 3\n{text}", out _).Skip(1));
        Assert.Equal(Lines($"random_seed 3\n{text}", out _), Lines($"random_seed 3\n{text}", out _));
    }

    [Theory]
    [InlineData("$A=1\nx $A.y", "x|$A.y", "2:3 warning definition: '$A' is replaced only before a blank, ',' or ')': write ${A}")]
    [InlineData("x $_PWD/y", "x|$_PWD/y", "1:3 warning definition: '$_PWD' is replaced only before a blank, ',' or ')': write ${_PWD}")]
    [InlineData("$M=a \\\nb\nx $M y", "x|$M|y",
        "3:3 warning definition: 'M' is defined by several lines and must be the last thing on its line: it is not replaced")]
    [InlineData("$A=a$B\n$B=b$A\nx $A", "x|$A",
        "3:3 error definition: the definition of 'A' uses itself: the line is left as it is; it is read as 'x ab$A'")]
    [InlineData("$A=$A\nx $A", "x|$A", "2:3 error definition: the definition of 'A' uses itself: the line is left as it is; it is "
        + "read as 'x $A'")]
    [InlineData("$M= \\\na \\\n$M\n$M", "a;$M",
        "3:1 error definition: the definition of 'M' uses itself: the line is left as it is; it is used by line 4")]
    [InlineData("$A1=${A${N}}\n$N=1\nx ${A1}", null,
        "3:1 error limit: the names in this line have no end: they are left as they are; it is read as 'x ${A1}'")]
    [InlineData("$A=a \\\n\nb", "b", "1:1 warning definition: the definition ends at line 2, which is empty, though a backslash "
        + "announces more")]
    [InlineData("$A=a \\\n# c\nb", "b", "1:1 warning definition: the definition ends at line 2, which is empty, though a backslash "
        + "announces more")]
    [InlineData("x ${_RANDOM 5 4}", "x|${_RANDOM 5 4}",
        "1:3 warning definition: the least number that '_RANDOM' may stand for, 5, is above the greatest, 4: it is not replaced")]
    [InlineData("x ${_ENV}", "x|${_ENV}",
        "1:3 warning definition: '_ENV' takes the name of one environment variable: it is not replaced")]
    [InlineData("$A=1\nx ${A 3}", "x|${A 3}", "2:3 warning definition: the definition of 'A' takes no parameters: it is not replaced")]
    [InlineData("~SEQ(i,3 x", "", "1:8 error definition: ')' is missing: the line is ignored (write ~SEQ(NAME, [START, [STEP,]] "
        + "END) TEXT)")]
    [InlineData("~SEQ(3) x", "", "1:7 error definition: the name of a variable is missing: the line is ignored (write ~SEQ(NAME, "
        + "[START, [STEP,]] END) TEXT)")]
    [InlineData("~SEQ(i,a) x", "", "1:8 error definition: 'a' is not a number: the line is ignored (write ~SEQ(NAME, [START, "
        + "[STEP,]] END) TEXT)")]
    [InlineData("~SEQ(i,1,0,3) x", "", "1:8 error definition: steps of 0 do not lead from 1 to 3: the line is ignored")]
    [InlineData("~SEQ(i,3,1,1) x", "", "1:8 error definition: steps of 1 do not lead from 3 to 1: the line is ignored")]
    [InlineData("~SEQx(i,-3) x", "", "1:9 error definition: ~SEQx counts no negative numbers: the line is ignored")]
    [InlineData("~LST(a,b x", "", "1:10 error definition: ',' or ')' is missing: the line is ignored (write ~LST(NAME, VALUE, …) "
        + "TEXT or ~LST({NAME, …}, {VALUE, …}, …) TEXT)")]
    [InlineData("~LST(a,{b,c}) x", "", "1:13 error definition: there are more values than the 1 of its names: the line is ignored "
        + "(write ~LST(NAME, VALUE, …) TEXT or ~LST({NAME, …}, {VALUE, …}, …) TEXT)")]
    public void What_cannot_be_replaced_is_said_where_it_stands(string text, string? expected, string diagnostic)
    {
        var lines = string.Join(';', Lines(text, out var diagnostics));

        if (expected is not null) Assert.Equal(expected, lines);
        Assert.Contains(diagnostic, diagnostics);
    }

    private static string Clean(string text)
    {
        var lines = string.Join(';', Lines(text, out var diagnostics));
        Assert.Empty(diagnostics);
        return lines;
    }

    private static List<string> Lines(string text, out IReadOnlyList<string> diagnostics) =>
        Lines(new MemoryConfigFiles { [Main] = text }, out diagnostics);

    private static List<string> Lines(MemoryConfigFiles files, out IReadOnlyList<string> diagnostics)
    {
        var (sink, sources) = (new DiagnosticSink(), new ConfigSources());
        var context = new ConfigContext("lb1") { EnvironmentVariable = name => name == "SITE" ? "north" : null };
        var reader = new LineReader(files, sources, sink, context);
        reader.Open(Main);
        List<string> lines = [];
        while (reader.Take() is { } line) lines.Add(Show(line));
        diagnostics = Reading.Listing(new ConfigResult(null!, sink.Sorted(sources), sources))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines;
    }

    private static string Show(LogicalLine line) => line.Kind switch
    {
        LogicalLineKind.Open => "{",
        LogicalLineKind.Close => "}",
        _ => string.Join('|', line.Words.Select(word => word.Text)),
    };
}
