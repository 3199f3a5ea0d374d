using Director.Linux.Host;

namespace Director.Tests.Linux.Host;

public sealed class NamedNetworkNamespaceTests
{
    private static readonly string[] Mounts =
    [
        "21 26 0:19 / /proc rw,nosuid - proc proc rw",
        "330 25 0:4 net:[4026532281] /run/netns/lb rw shared:190 - nsfs nsfs rw",
        "331 25 0:4 net:[4026532282] /run/netns/lb2 rw shared:191 - nsfs nsfs rw",
    ];

    [Theory]
    [InlineData("lb", "net:[4026532281]", true)]
    [InlineData("lb", "net:[4026532282]", false)]
    [InlineData("lb2", "net:[4026532282]", true)]
    [InlineData("b2", "net:[4026532282]", null)]
    public void A_name_is_where_it_is_mounted(string name, string own, bool? isOurs) =>
        Assert.Equal(isOurs, NamedNetworkNamespace.IsOurs(name, Mounts, own));

    [Fact]
    public void A_name_that_nothing_has_is_not_ours() => Assert.Null(NamedNetworkNamespace.IsOurs("no-such-namespace"));
}
