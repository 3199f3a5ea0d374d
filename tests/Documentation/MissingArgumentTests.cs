using Director.Config;
using Director.Config.Binder;
using Director.Tests.Config;

namespace Director.Tests.Documentation;

/// <summary>A keyword without the argument that it needs, which ends keepalived with status 2 at the start and at a reload alike.</summary>
public sealed class MissingArgumentTests
{
    [Fact]
    public void A_missing_argument_of_any_keyword_is_an_error_at_its_place()
    {
        var tried = 0;
        foreach (var block in KeepalivedKeywords.All)
        {
            var lines = block.Before.Count(character => character == '\n');
            foreach (var keyword in Needy(block.Name))
            {
                var result = Reading.Read($"{block.Before}{keyword}\n{block.After}");

                tried++;
                Assert.True(result.HasErrors, $"{keyword} in {block.Name}");
                Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error
                    && diagnostic.Line == lines + 1 && diagnostic.Code == DiagnosticCode.MissingArgument);
            }
        }

        Assert.InRange(tried, 100, int.MaxValue);
    }

    /// <summary>The keywords of a kind of block that cannot stand alone.</summary>
    private static IEnumerable<string> Needy(string name) =>
        from block in KeywordBlock.All
        where block.Name.Split(", ").Contains(name) || (block.Name == KeywordBlock.Outermost && name == KeepalivedKeywords.Outermost)
        from keyword in block.Keywords
        where keyword is { Use: KeywordUse.Implemented, Inner: null, Arguments: not "" } && keyword.Arguments[0] != '['
        where keyword.Names[0] is not "include_check"
        from spelling in keyword.Names
        select spelling;

    [Theory]
    [InlineData("global_defs {\n", "lvs_id LB1 ", "}\n")]
    [InlineData("global_defs {\n", "enable_snmp_keepalived", "}\n")]
    [InlineData("global_defs {\n", "vrrp_rlimit_rtime 10000", "}\n")]
    [InlineData("global_defs {\n", "vrrp_vmac_garp_intvl 5", "}\n")]
    [InlineData("vrrp_instance V {\n", "vmac_garp_intvl 5", "}\n")]
    [InlineData("vrrp_instance V {\n", "native_ipv6", "}\n")]
    [InlineData("vrrp_instance V {\n", "lvs_sync_daemon_interface eth0", "}\n")]
    [InlineData("vrrp_instance V {\n", "linkbeat_use_polling", "}\n")]
    [InlineData("vrrp_instance V {\n", "virtual_routes {\n10.0.0.0/8 gw 10.0.0.1 or 10.0.0.2 dev eth0\n}", "}\n")]
    [InlineData("vrrp_sync_group G {\n", "global_tracking", "}\n")]
    [InlineData("virtual_server 10.0.0.1 80 {\n", "lb_algo wrr", "}\n")]
    [InlineData("virtual_server 10.0.0.1 80 {\n", "lb_kind DR", "}\n")]
    [InlineData("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nHTTP_GET {\n", "nb_get_retry 3", "}\n}\n}\n")]
    [InlineData("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n", "nb_get_retry 3", "}\n}\n}\n")]
    [InlineData("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n", "bind_to 10.0.0.3", "}\n}\n}\n")]
    [InlineData("virtual_server 10.0.0.1 25 {\nreal_server 10.0.0.2 25 {\nSMTP_CHECK {\n", "host {\nconnect_ip 10.0.0.4\n}", "}\n}\n}\n")]
    public void An_old_spelling_is_taken(string before, string line, string after)
    {
        var place = before.Count(character => character == '\n') + 1;

        Assert.DoesNotContain(Reading.Read($"{before}{line}\n{after}").Diagnostics, diagnostic =>
            diagnostic.Line >= place && diagnostic.Line <= place + line.Count(character => character == '\n')
            && (diagnostic.Severity == Severity.Error || diagnostic.Code == DiagnosticCode.UnknownKeyword));
    }
}
