using System.Text;
using Director.Config;
using Director.Config.Text;

namespace Director.Tests.Config;

public sealed class ScriptCommandTests
{
    [Theory]
    [InlineData("/bin/x", "/bin/x")]
    [InlineData(" \t/bin/x\v\f ", "/bin/x")]
    [InlineData("/bin/x a b", "/bin/x;a;b")]
    [InlineData("\"/bin/x a b\"", "/bin/x|a|b")]
    [InlineData("'/bin/x a b' u g h", "/bin/x|a|b;u;g;h")]
    [InlineData("/bin/\"x y\"z u", "/bin/x|yz;u")]
    [InlineData("\"/bin/x 'a b' c\"", "/bin/x|a b|c")]
    [InlineData("'/bin/x \"a b\"c'", "/bin/x|a bc")]
    [InlineData("\"/bin/x 'a'''b\" ''", "/bin/x|ab;")]
    [InlineData("\"/bin/x '' b\"", "/bin/x||b")]
    [InlineData(@"""/bin/x \""a b\"" c""", "/bin/x|\"a|b\"|c")]
    [InlineData(@"""/bin/x ' a\\x20b\x69c ' '\""d e\""' f"" u g", "/bin/x| a\\x20bic |\"d e\"|f;u;g")]
    [InlineData(@"""/bin/x \\\""a b""", "/bin/x|\\\"a|b")]
    [InlineData(@"""/bin/x 'a\'b'""", "/bin/x|a'b")]
    [InlineData(@"/bin/x\ y\'z u", "/bin/x y'z;u")]
    [InlineData(@"/bin/x\#1 a\#b \!c", "/bin/x#1;a#b;!c")]
    [InlineData(@"""/bin/x \#1"" ""a\#b""", @"/bin/x|#1;a\#b")]
    [InlineData(@"'\a\b\E\f\n\r\t\v\q\\'", "\a\b\e\f\n\r\t\vq\\")]
    [InlineData(@"'x\1\12\101\1012\8'", "x\u0001\nAA28")]
    [InlineData(@"'\x41\x4a1\x9g\xg'", "AJ1\tgxg")]
    [InlineData(@"'\cA\ca\c[\c'", "\u0001\u0001\ec")]
    [InlineData(@"'\303\251\xe2\x82\xac'", "é€")]
    [InlineData(@"'\501a'", "Aa")]
    [InlineData(@"'ab\0cd e\x00f g'", "ab|e|g")]
    [InlineData("'é €' \ud83d\ude00", "é|€;\ud83d\ude00")]
    [InlineData("\"/bin/x { # ! }\"", "/bin/x|{|#|!|}")]
    [InlineData("/bin/x a$b", "/bin/x;a$b")]
    public void A_value_is_a_command_with_its_arguments_and_the_words_behind_it(string value, string expected)
    {
        var command = ScriptCommand.Parse(value, out var fault);

        Assert.Null(fault);
        Assert.NotNull(command);
        var parts = string.Join('|', [command.Program, .. command.Arguments]);
        Assert.Equal(expected, string.Join(';', [parts, .. command.After.Select(word => word.Text)]));
        Assert.Equal((command.After.ElementAtOrDefault(0)?.Text, command.After.ElementAtOrDefault(1)?.Text), (command.User, command.Group));
    }

    [Theory]
    [InlineData("\"/bin/x", DiagnosticCode.UnterminatedQuote, 0)]
    [InlineData("/bin/x 'a b", DiagnosticCode.UnterminatedQuote, 7)]
    [InlineData("/bin/x a '", DiagnosticCode.UnterminatedQuote, 9)]
    [InlineData("/bin/x a\"b c", DiagnosticCode.UnterminatedQuote, 8)]
    [InlineData("\"/bin/x 'a b\"", DiagnosticCode.UnterminatedQuote, 8)]
    [InlineData("'/bin/é \"a'", DiagnosticCode.UnterminatedQuote, 8)]
    [InlineData(@"'/bin/x\'", DiagnosticCode.UnterminatedQuote, 0)]
    [InlineData(@"/bin/x a\", DiagnosticCode.InvalidValue, 8)]
    [InlineData("\"\"", DiagnosticCode.InvalidValue, 0)]
    [InlineData("\"''\" a", DiagnosticCode.InvalidValue, 0)]
    [InlineData(@"\0/bin/x", DiagnosticCode.InvalidValue, 0)]
    [InlineData("", DiagnosticCode.MissingArgument, 0)]
    public void What_is_no_command_is_refused_where_it_goes_wrong(string value, string code, int offset)
    {
        Assert.Null(ScriptCommand.Parse(value, out var fault));
        Assert.Equal((code, offset), (fault?.Code, fault?.Offset));
    }

    [Fact]
    public void Words_know_where_they_stand_with_their_quotes()
    {
        var command = ScriptCommand.Parse("  \"/bin/é a\"x  'b'  c", out _);

        Assert.NotNull(command);
        Assert.Equal([(2, 13), (15, 18), (20, 21)],
            ((ScriptWord[])[command.Command, .. command.After]).Select(word => (word.Start, word.End)));
    }

    [Fact]
    public void A_command_may_be_as_long_as_Linux_takes_and_no_longer()
    {
        var longest = new string('x', ConfigLimits.MaxScriptCharacters);

        Assert.Equal(longest, ScriptCommand.Parse(longest, out _)?.Program);
        Assert.Null(ScriptCommand.Parse(longest + "x", out var fault));
        Assert.Equal(DiagnosticCode.Limit, fault?.Code);
    }

    [Theory]
    [InlineData(11, 20_000)]
    public void Random_values_are_commands_or_faults_within_the_value(int seed, int runs)
    {
        const string alphabet = "ab/ '\"\\\\\t#{}01x9cf\u00e9\0\n$";
        for (var run = 0; run < runs; run++)
        {
            var random = new Random((seed * 1_000_003) + run);
            var text = new StringBuilder();
            for (var i = random.Next(40); i > 0; i--)
                text.Append(random.Next(30) == 0 ? (char)random.Next(char.MaxValue) : alphabet[random.Next(alphabet.Length)]);
            var value = text.ToString();

            var command = ScriptCommand.Parse(value, out var fault);

            var what = $"seed {seed}, run {run}: {value}";
            Assert.True(command is null == fault is not null, what);
            if (fault is not null) Assert.True(fault.Offset >= 0 && (fault.Offset < value.Length || fault.Offset == 0), what);
            if (command is null) continue;
            Assert.True(command.Program.Length > 0 && command.Arguments.Sum(word => word.Length) <= value.Length, what);
            var end = 0;
            foreach (var word in (ScriptWord[])[command.Command, .. command.After])
            {
                Assert.True(word.Start >= end && word.End > word.Start && word.End <= value.Length, what);
                end = word.End;
            }
        }
    }

    [Theory]
    [InlineData(12, 5_000)]
    public void Words_that_are_quoted_come_back_as_they_were(int seed, int runs)
    {
        const string alphabet = "ab/ '\"\\\t#{}01x9cf\u00e9\n$";
        for (var run = 0; run < runs; run++)
        {
            var random = new Random((seed * 1_000_003) + run);
            var words = new string[random.Next(1, 6)];
            foreach (ref var word in words.AsSpan())
                word = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => alphabet[random.Next(alphabet.Length)]));

            // Every character escaped by its octal number, and the command as a whole in quotes.
            var command = ScriptCommand.Parse($"\"{string.Join(' ', words.Select(InOctal))}\" user", out _);

            Assert.True(command is not null && words.SequenceEqual([command.Program, .. command.Arguments]), $"seed {seed}, run {run}");
            Assert.Equal("user", command.User);
        }
    }

    private static string InOctal(string word) =>
        string.Concat(Encoding.UTF8.GetBytes(word).Select(part => '\\' + Convert.ToString(part, 8).PadLeft(3, '0')));
}
