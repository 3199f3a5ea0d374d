using Director.Lab.Namespaces;

namespace Director.Tests.Lab.Namespaces;

public sealed class NamespaceNameTests
{
    [Theory]
    [InlineData("dlab-4711-2-d1", 4711, 2, "d1", false)]
    [InlineData("dlab-kept-4711-12-client", 4711, 12, "client", true)]
    public void A_name_says_whose_it_is_and_is_read_back(string text, int owner, int network, string role, bool kept)
    {
        var name = new NamespaceName(owner, network, role, kept);

        Assert.Equal(text, name.ToString());
        Assert.StartsWith(name.NetworkPrefix, text, StringComparison.Ordinal);
        Assert.True(NamespaceName.TryParse(text, out var parsed));
        Assert.Equal(name, parsed);
    }

    [Theory]
    [InlineData("d1")]
    [InlineData("dlab")]
    [InlineData("dlab-d1")]
    [InlineData("dlab-4711-d1")]
    [InlineData("dlab-x-1-d1")]
    [InlineData("dlab--1-1-d1")]
    [InlineData("dlab-4711-1-")]
    [InlineData("dlab-4711-1-d1-more")]
    [InlineData("dlab-4711-1-d/1")]
    [InlineData("dlab-99999999999-1-d1")]
    [InlineData("xdlab-4711-1-d1")]
    public void What_is_not_the_lab_s_is_not_recognised(string text) => Assert.False(NamespaceName.TryParse(text, out _));
}
