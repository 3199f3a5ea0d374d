using Director.Config.Text;

namespace Director.Tests.Config;

public sealed class GlobTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "abc", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abcb", false)]
    [InlineData("a*b*c", "axxbyybzzc", true)]
    [InlineData("*.conf", "a.conf", true)]
    [InlineData("*.conf", "a.conf~", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[^a-c]x", "ax", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[]a]", "a", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[abc", "[abc", true)]
    [InlineData("[!", "[!", true)]
    [InlineData("[", "[", true)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "a", false)]
    public void Names_match_as_with_fnmatch(string pattern, string name, bool matches) =>
        Assert.Equal(matches, Glob.IsMatch(pattern, name));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("{a,b}", "a b")]
    [InlineData("x{a,b}y", "xay xby")]
    [InlineData("{a,b}{c,d}", "ac ad bc bd")]
    [InlineData("{a,b{c,d}}e", "ae bce bde")]
    [InlineData("{a}", "a")]
    [InlineData("{a,}", "a ")]
    [InlineData("{}", "{}")]
    [InlineData("a{b", "a{b")]
    [InlineData("a}b", "a}b")]
    [InlineData("{a{b,c}", "{ab {ac")]
    public void Braces_expand_as_with_glob(string pattern, string expected)
    {
        Assert.True(BraceExpansion.TryExpand(pattern, out var alternatives));
        Assert.Equal(expected, string.Join(' ', alternatives));
    }

    [Fact]
    public void Braces_that_stand_for_too_many_paths_are_refused() =>
        Assert.False(BraceExpansion.TryExpand(string.Concat(Enumerable.Repeat("{a,b}", 40)), out _));

    [Fact]
    public void Many_stars_do_not_take_forever() =>
        Assert.False(Glob.IsMatch(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new string('a', 4000)));
}
