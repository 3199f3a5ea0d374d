using System.Text.RegularExpressions;
using Director.Config.Patterns;

namespace Director.Tests.Config;

/// <summary>Patterns in PCRE2's language find the same in .NET's. What each finds here is what pcre2grep finds.</summary>
public sealed class PcrePatternTests
{
    [Theory]
    [InlineData("a.c", "", "xabcx", true)]
    [InlineData("a.c", "", "a\nc", false)]
    [InlineData("a.c", "dotall", "a\nc", true)]
    [InlineData("ABC", "", "abc", false)]
    [InlineData("ABC", "caseless", "abc", true)]
    [InlineData("^b", "", "a\nb", false)]
    [InlineData("^b", "multiline", "a\nb", true)]
    [InlineData("a$", "", "a\n", true)]
    [InlineData("a$", "dollar_endonly", "a\n", false)]
    [InlineData("a$", "dollar_endonly", "ba", true)]
    [InlineData("a b # c", "extended", "ab", true)]
    [InlineData("a b", "", "ab", false)]
    [InlineData("(?x) a \\ b [ ] # )(", "", "a b ", true)]
    [InlineData("a+?b", "ungreedy", "aab", true)]
    // ASCII unless ucp says otherwise.
    [InlineData(@"^\w$", "", "é", false)]
    [InlineData(@"^\w$", "ucp utf", "é", true)]
    [InlineData(@"^[\W]$", "", "é", true)]
    [InlineData(@"^\d+\s\S\D$", "", "12 ab", true)]
    [InlineData(@"^\s$", "", "\u00a0", false)]
    [InlineData(@"^\h\v\H\V$", "", "\t\nab", true)]
    [InlineData(@"^a\Rb\Nc$", "", "a\r\nbxc", true)]
    // Classes: POSIX names, brackets and dashes that stand for themselves.
    [InlineData("^[[:alpha:]]+[[:digit:]_-]+$", "", "ab1_-", true)]
    [InlineData("^[[:^space:]]+$", "", "a b", false)]
    [InlineData("^[]a]+$", "", "]a", true)]
    [InlineData("^[^]a]$", "", "]", false)]
    [InlineData("^[a[b]$", "", "[", true)]
    [InlineData("^[a-z-[b]$", "", "-", true)]
    [InlineData("^[a-z-[b]$", "", "b", true)]
    [InlineData(@"^[\d-x]$", "", "-", true)]
    [InlineData(@"^[\Qa]\E]+$", "", "]a", true)]
    [InlineData("^[#a]$", "extended", "#", true)]
    [InlineData("a[]b", "allow_empty_class", "a]b", false)]
    [InlineData("a[^]b", "allow_empty_class", "a]b", true)]
    // Quantifiers, possessive ones too.
    [InlineData("^a++a", "", "aaa", false)]
    [InlineData("^(?:ab)*+c", "", "ababc", true)]
    [InlineData("^[ab]?+a", "", "a", false)]
    [InlineData("^x{2,3}+x$", "", "xxx", false)]
    [InlineData("^x{,2}$", "", "x{,2}", true)]
    [InlineData("^a{b}$", "", "a{b}", true)]
    // Groups and references.
    [InlineData("(?P<n>.)(?P=n)", "", "aa", true)]
    [InlineData(@"(?<n>.)\k{n}", "", "ab", false)]
    [InlineData(@"(.)(.)\g{-1}\g1", "", "abba", true)]
    [InlineData(@"(.)\1", "", "aa", true)]
    [InlineData("^(a)?(?(1)b|c)$", "", "ab", true)]
    [InlineData("^(a)?(?(1)b|c)$", "", "b", false)]
    [InlineData("^(?(?=a)ab|c)$", "", "c", true)]
    [InlineData("(?i:A)B", "", "aB", true)]
    [InlineData("(?i:A)B", "", "ab", false)]
    [InlineData("(?#note)a(?>b)(?<=b)(?!d)c", "", "abc", true)]
    // Characters written in other ways.
    [InlineData(@"^\x41\x{42}\103\o{104}\e\cA\a$", "", "ABCD\x1b\x01\x07", true)]
    [InlineData(@"^\x{20ac}$", "utf", "€", true)]
    [InlineData(@"\Qa.b\E.", "", "a.bc", true)]
    [InlineData(@"\Qa.b\E.", "", "axbc", false)]
    [InlineData(@"^\u0041\U$", "alt_bsux", "AU", true)]
    [InlineData(@"\.\/\-\<", "", "./-<", true)]
    [InlineData(@"^\pL\p{Lu}\P{Lu}\p{^Lu}$", "", "aBcd", true)]
    public void It_finds_what_PCRE2_finds(string pattern, string options, string text, bool found)
    {
        var translated = PcrePattern.Translate(pattern, Options(options), out var fault);
        Assert.Null(fault);
        Assert.Equal(found, Regex.IsMatch(text, translated!.Text, translated.Options));
    }

    [Theory]
    [InlineData(@"a\Kb", 1, @"\K is not supported")]
    [InlineData("x(?R)", 1, "recursion is not supported")]
    [InlineData("(a)(?1)", 3, "recursion is not supported")]
    [InlineData("(a)(?-1)", 3, "recursion is not supported")]
    [InlineData("(?<n>a)(?&n)", 7, "recursion is not supported")]
    [InlineData(@"(a)\g<1>", 3, "recursion is not supported")]
    [InlineData("a(*SKIP)b", 1, "(*…) is not supported")]
    [InlineData("(?|a|b)", 0, "(?|…) is not supported")]
    [InlineData("a(?C1)b", 1, "callouts are not supported")]
    [InlineData(@"\X", 0, @"\X is not supported")]
    [InlineData("(?(DEFINE)a)b", 0, "(?(DEFINE) is not supported")]
    [InlineData(@"\x{1f600}", 0, "characters beyond U+FFFF are not supported", "utf")]
    [InlineData(@"(a)?\1", 6, "references are not supported together with match_unset_backref", "match_unset_backref")]
    public void What_PCRE2_has_and_we_do_not_is_named(string pattern, int offset, string problem, string options = "")
    {
        Assert.Null(PcrePattern.Translate(pattern, Options(options), out var fault));
        Assert.Equal(new PatternFault(offset, problem, IsOurs: true), fault);
    }

    [Theory]
    [InlineData("a)", 1, "closes a parenthesis that is not open")]
    [InlineData("(a", 0, "is no regular expression: insufficient closing parentheses")]
    [InlineData("[a", 0, "opens a bracket that is not closed")]
    [InlineData("*a", 0, "repeats nothing")]
    [InlineData("a**", 2, "repeats nothing")]
    [InlineData("a{2}{3}", 4, "repeats nothing")]
    [InlineData(@"\i", 0, @"\i means nothing")]
    [InlineData("a\\", 1, "nothing follows the backslash")]
    [InlineData("[[:nothing:]]", 1, "there is no class 'nothing'")]
    [InlineData(@"\x{100}", 0, "there is no such character")]
    [InlineData("(?<a-b>x)", 0, "names a group with no name")]
    [InlineData("[b-a]", 0, "is no regular expression: reversed character range")]
    [InlineData("(?", 0, "opens a parenthesis that is not closed")]
    [InlineData("a{70000}", 1, "repeats too often")]
    public void What_is_no_pattern_is_named(string pattern, int offset, string problem)
    {
        Assert.Null(PcrePattern.Translate(pattern, PcreOptions.None, out var fault));
        Assert.Equal(new PatternFault(offset, problem, IsOurs: false), fault);
    }

    [Fact]
    public void No_pattern_makes_it_throw()
    {
        const string Pieces = @"\ ( ) [ ] { } * + ? | ^ $ . - , : ! = < > P ' # & R C 1 2 x a b d w g k Q E p N"
            + @" [: :] (? (?< (?( \x{ \g{ \k< {2,3} (*";
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var pieces = Pieces.Split(' ');
        for (var run = 0; run < 20_000; run++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                PcrePattern.Translate(pattern, (PcreOptions)random.Next(1 << 12), out _);
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, run {run}: '{pattern}': {error}");
            }
        }
    }

    private static PcreOptions Options(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => PcreOption.All.Single(option => option.Word == word).Option)
        .Aggregate(PcreOptions.None, (all, one) => all | one);
}
