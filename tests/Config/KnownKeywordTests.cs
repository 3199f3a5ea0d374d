using System.Collections.Concurrent;
using System.Diagnostics;
using Director.Config;
using Director.Tests.Linux.Vrrp;

namespace Director.Tests.Config;

/// <summary>Whether every keyword that keepalived installs (2.4, lib/parser.c install_keyword) is known in its block.</summary>
public sealed class KnownKeywordTests
{
    [Fact]
    public void No_keyword_of_keepalived_is_unknown_in_its_block() => Assert.Empty(
        from block in KeepalivedKeywords.All
        from keyword in block.Each
        // Some of them need a block or arguments and are given none: all that matters here is that none is called unknown.
        where Reading.Read($"{block.Before}{keyword}\n{block.After}").Diagnostics
            .Any(diagnostic => diagnostic.Code == DiagnosticCode.UnknownKeyword)
        select $"{keyword} in {block.Name}");

    /// <summary>The lists themselves, by the program: a name misspelt here would prove nothing.</summary>
    [KeepalivedFact]
    public void Keepalived_knows_the_keywords_that_it_is_said_to_know()
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(
            from block in KeepalivedKeywords.All
            where block.Name != "auth_hmac"
            from keyword in block.Each
            select (block, keyword),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            tried =>
            {
                var (block, keyword) = tried;
                var isKnown = !KeepalivedTest($"{block.Before}{keyword} 1 1 1 1\n{block.After}").Contains($"Unknown keyword '{keyword}'");
                var isNew = block.Name != "SSL" && KeepalivedKeywords.SinceThen.Contains(keyword);
                if (isKnown == isNew) wrong.Add($"{keyword} in {block.Name}");
            });

        Assert.Empty(wrong);
    }

    /// <summary>What <c>keepalived -t</c> says of a text, in a network namespace: reading can change settings of the network.</summary>
    private static string KeepalivedTest(string text)
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--net", "/usr/sbin/keepalived", "-t", "-f", file])
            {
                RedirectStandardError = true,
            })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return said;
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_block_of_a_keyword_that_is_not_used_is_skipped_by_its_braces()
    {
        var listing = Reading.Listing("""
            use_pid_dir {
                garp_interval 2
            }
            net_namespace_ipvs G
            {
                group {
                    A
                }
            }
            instance x
            """);

        Assert.Equal(["1:1 hint not-used: 'use_pid_dir'", "4:1 warning not-used: 'net_namespace_ipvs'", "10:1 hint not-used: 'instance'"],
            listing.Split('\n').Select(line => line[..line.IndexOf(" is not used here: ", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("snmp_socket udp:localhost:705", "hint", "snmp_socket")]
    [InlineData("checker_rt_priority 50", "hint", "checker_rt_priority")]
    [InlineData("nftables_ipvs {\n a b\n }", "hint", "nftables_ipvs")]
    [InlineData("linkbeat_use_polling", "hint", "linkbeat_use_polling")]
    [InlineData("enable_snmp_vrrp", "warning", "enable_snmp_vrrp")]
    [InlineData("lvs_sync_daemon eth0 VI_1", "warning", "lvs_sync_daemon")]
    public void What_has_nothing_to_do_here_is_accepted_and_its_place_and_reason_are_said(string line, string severity, string keyword)
    {
        var listing = Reading.Listing($"global_defs {{\n{line}\n}}\n");

        Assert.Matches($"^2:1 {severity} not-used: '{keyword}' is not used here: [a-z].*[^.]$", listing);
    }

    [Fact]
    public void That_connections_do_not_outlive_a_failover_is_said_loudly() => Assert.Contains("FAILOVER RESETS ESTABLISHED CONNECTIONS",
        Reading.Listing("global_defs {\nlvs_sync_daemon eth0 VI_1\n}\n"), StringComparison.Ordinal);
}
