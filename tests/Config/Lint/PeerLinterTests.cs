using Director.Config;

namespace Director.Tests.Config.Lint;

public sealed class PeerLinterTests
{
    private const string Script = "vrrp_script s {\nscript /bin/true\n}\n";

    [Theory]
    [InlineData("", "", "")]
    [InlineData("state MASTER", "state BACKUP", "")]
    [InlineData("state MASTER", "state MASTER", "9:7 peer-both-master")]
    [InlineData("advert_int 2", "", "9:12 peer-differs")]
    [InlineData("version 3", "version 2", "9:9 peer-differs")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass a\n}", "authentication {\nauth_type PASS\nauth_pass a\n}", "")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass a\n}", "authentication {\nauth_type PASS\nauth_pass b\n}", "9:1 peer-differs")]
    [InlineData("unicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.3\n}", "unicast_src_ip 10.0.0.3\nunicast_peer {\n10.0.0.2\n}", "")]
    [InlineData("unicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.4\n}", "unicast_src_ip 10.0.0.3\nunicast_peer {\n10.0.0.2\n}",
        "10:1 peer-not-named")]
    [InlineData("track_script {\ns weight -50\n}", "", "10:1 weight-below-gap")]
    [InlineData("track_script {\ns weight -51\n}", "", "")]
    [InlineData("track_script {\ns weight -200\n}", "", "")]
    [InlineData("track_script {\ns\n}", "", "")]
    [InlineData("track_script {\ns weight 40\n}", "", "10:1 weight-below-gap")]
    [InlineData("track_script {\ns weight 40\n}", "track_script {\ns weight 60\n}", "")]
    public void Of_two_machines(string here, string there, string listing) =>
        Assert.Equal(listing, Listing(Text(151, here), Text(101, there)));

    [Fact]
    public void One_priority_on_both_is_said_at_the_priority_with_that_of_the_peer_beside_it()
    {
        var diagnostic = Assert.Single(PeerLinter.Compare(Read(Text(100, "")), Read(Text(100, ""))));

        Assert.Equal(("peer-same-priority", 7, 10), (diagnostic.Code, diagnostic.Line, diagnostic.Column));
        Assert.Equal((7, 10), (diagnostic.Related[0].Location.Line, diagnostic.Related[0].Location.Column));
    }

    [Fact]
    public void A_virtual_router_that_the_peer_has_not_is_said_and_nothing_else_of_it() => Assert.Equal("6:19 peer-missing",
        Listing(Text(100, "state MASTER"), Text(100, "state MASTER").Replace("router_id 7", "router_id 8", StringComparison.Ordinal)));

    [Fact]
    public void The_examples_fit_each_other()
    {
        foreach (var scenario in new[] { "failover", "balance" })
        {
            var (master, backup) = (Example(scenario, "master"), Example(scenario, "backup"));
            Assert.Empty(PeerLinter.Compare(master, backup));
            Assert.Empty(PeerLinter.Compare(backup, master));
        }
    }

    private static ConfigResult Example(string scenario, string name) => ConfigReader.Read(
        Reading.RepositoryFile("examples", scenario, $"{name}.conf"), new Director.Hosting.DiskConfigFiles(), keepsSyntax: true);

    private static string Text(int priority, string lines) =>
        $"{Script}vrrp_instance A {{\ninterface eth0\nvirtual_router_id 7\npriority {priority}\n\n{lines}\n"
        + "virtual_ipaddress {\n10.0.0.1\n}\n}\n";

    private static string Listing(string here, string there) => string.Join('\n', PeerLinter.Compare(Read(here), Read(there))
        .Select(diagnostic => $"{diagnostic.Line}:{diagnostic.Column} {diagnostic.Code}"));

    private static ConfigResult Read(string text) =>
        ConfigReader.Read(Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true);
}
