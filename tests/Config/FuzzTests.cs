using System.Text;

namespace Director.Tests.Config;

/// <summary>
/// Whatever the text: no exception, an end, diagnostics that are located within the files, and a model that keeps its promises.
/// </summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData(1, 3000)]
    public void Random_characters(int seed, int runs) => Run(seed, runs, ConfigFuzz.Characters);

    [Theory]
    [InlineData(2, 3000)]
    public void Random_words(int seed, int runs) => Run(seed, runs, ConfigFuzz.AnyWords);

    [Theory]
    [InlineData(3, 4000)]
    public void Mutated_examples(int seed, int runs) => Run(seed, runs, ConfigFuzz.MutatedExample);

    [Theory]
    [InlineData(4, 600)]
    public void Random_definitions_and_generators(int seed, int runs) => Run(seed, runs, ConfigFuzz.AnyMakers);

    [Theory]
    [InlineData("$A=${B}${B}\n$B=${C}${C}\n$C=${D}${D}\n$D=${E}${E}\n$E=${F}${F}\n$F=${G}${G}\n$G=1234567890\n", "x ${A}${A}${A}\n")]
    [InlineData("$A= \\\n x \\\n $B\n$B= \\\n $A\n", "$A\n")]
    [InlineData("$A= \\\n ~SEQ(i,1000) $A\n", "$A\n")]
    [InlineData("$A= \\\n a \\\n a \\\n a\n$B= \\\n $A \\\n $A \\\n $A\n", "~SEQ(i,1000) ~SEQ(j,1000) $B\n")]
    [InlineData("", "~SEQ(i,9223372036854775) x $i\n")]
    [InlineData("", "~SEQ(i,9999) ~SEQ(j,9999) vrrp_instance i${i}_${j} {\n")]
    [InlineData("", "~SEQ(i,9999) ~SEQ(j,9999) virtual_server 10.0.0.1 80 {\n")]
    [InlineData("$A=$A$A\n$B=x${B\n", "$A ${B}\n")]
    [InlineData("~SEQ(i,300) $A${i}=${A${i}}\n", "~SEQ(i,300) ${A${i}}\n")]
    public void Text_that_would_have_no_end_has_one(string definitions, string use) =>
        ConfigFuzz.Check(definitions + string.Concat(Enumerable.Repeat(use, 2000)), use);

    [Fact]
    public void Every_truncation_of_an_example()
    {
        var text = ConfigFuzz.Examples[2];
        for (var length = 0; length <= text.Length; length++) ConfigFuzz.Check(text[..length], $"length {length}");
    }

    [Fact]
    public void Every_example_with_one_character_less()
    {
        for (var at = 0; at < ConfigFuzz.Examples[2].Length; at++) ConfigFuzz.Check(ConfigFuzz.Examples[2].Remove(at, 1), $"without {at}");
    }

    [Theory]
    [InlineData("{\n", "}\n")]
    [InlineData("foo {\n", "}\n")]
    [InlineData("vrrp_instance A {\n", "}\n")]
    [InlineData("virtual_server 10.0.0.1 80 { real_server 10.0.0.2 80 {\n", "} }\n")]
    [InlineData("{", "")]
    [InlineData("vrrp_instance A {\n", "")]
    [InlineData("virtual_server 10.0.0.1 80\n", "")]
    [InlineData("}\n", "")]
    [InlineData("x\n", "x\n")]
    [InlineData("vrrp_instance A {\nauthentication {\nauth_pass {\n", "")]
    [InlineData("\"\n", "")]
    [InlineData("include *\n", "")]
    [InlineData("include {{{{{{{{{{{{{{{{\n", "")]
    public void Ten_thousand_of_a_kind(string open, string close) =>
        ConfigFuzz.Check(string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000)), open);

    [Fact]
    public void One_line_of_a_million_words() => ConfigFuzz.Check(string.Concat(Enumerable.Repeat("weight 1 {", 300_000)), "long line");

    [Fact]
    public void A_large_and_valid_configuration_is_clean()
    {
        var text = new StringBuilder();
        for (var service = 0; service < 250; service++)
        {
            text.Append("virtual_server 10.0.").Append(service).Append(".1 80 {\n  lb_algo wlc\n  lb_kind DR\n  protocol TCP\n");
            for (var server = 2; server < 12; server++)
                text.Append("  real_server 10.0.").Append(service).Append('.').Append(server).Append(" 80 {\n    weight 1\n  }\n");
            text.Append("}\n");
        }

        Assert.Equal(2500, Reading.Clean(text.ToString()).VirtualServers.Sum(service => service.RealServers.Count));
    }

    private static void Run(int seed, int runs, Func<Random, string> make)
    {
        for (var run = 0; run < runs; run++) ConfigFuzz.Check(make(new Random((seed * 1_000_003) + run)), $"seed {seed}, run {run}");
    }
}
