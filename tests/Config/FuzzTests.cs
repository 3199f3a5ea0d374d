using System.Text;
using Director.Config;

namespace Director.Tests.Config;

/// <summary>
/// Whatever the text: no exception, an end, diagnostics that are located within the files, and a model that keeps its promises.
/// </summary>
public sealed class FuzzTests
{
    private static readonly string[] Seeds = [.. from scenario in new[] { "failover", "balance" }
                                                 from node in new[] { "master", "backup" }
                                                 select File.ReadAllText(Reading.RepositoryFile("examples", scenario, $"{node}.conf"))];

    private static readonly string[] Words =
    [
        "{", "}", "\n", " ", "\"", "#", "!", "\\", "\0", "\r", "$", "${", "${_PWD}", "@x ", "~SEQ(", "$A=", "include ", "include *",
            "include keepalived.conf\n",
        "includea {a,{b,*}}\n", "virtual_server", "vrrp_instance", "real_server", "TCP_CHECK", "authentication", "auth_pass",
            "virtual_ipaddress", "10.0.0.1",
        "fe80::1/64", "/33", "-1", "99999999999999999999", "1.0000001", "global_defs", "include_check -x", "HTTP_GET", "weight", "brd",
            "dev", "label", "é", "\ud83d\ude00",
        "virtual_ipaddress_excluded {", "unicast_peer {", "persistence_timeout", "lb_algowlc", "protocolTCP", "priority255", "a{b,c}",
            "[a-", "*",
    ];

    [Theory]
    [InlineData(1, 3000)]
    public void Random_characters(int seed, int runs) => Run(seed, runs, random =>
    {
        var text = new char[random.Next(400)];
        for (var i = 0; i < text.Length; i++) text[i] = random.Next(4) == 0 ? (char)random.Next(char.MaxValue) : (char)random.Next(128);
        return new string(text);
    });

    [Theory]
    [InlineData(2, 3000)]
    public void Random_words(int seed, int runs) => Run(seed, runs, random =>
    {
        var text = new StringBuilder();
        for (var i = random.Next(120); i > 0; i--) text.Append(Words[random.Next(Words.Length)]).Append(random.Next(3) == 0 ? "\n"
            : random.Next(3) == 0 ? "" : " ");
        return text.ToString();
    });

    [Theory]
    [InlineData(3, 4000)]
    public void Mutated_examples(int seed, int runs) => Run(seed, runs, random =>
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var i = random.Next(1, 12); i > 0; i--) Mutate(text, random);
        return text.ToString();
    });

    [Fact]
    public void Every_truncation_of_an_example()
    {
        for (var length = 0; length <= Seeds[2].Length; length++) Check(Seeds[2][..length], $"length {length}");
    }

    [Fact]
    public void Every_example_with_one_character_less()
    {
        for (var at = 0; at < Seeds[2].Length; at++) Check(Seeds[2].Remove(at, 1), $"without {at}");
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
        Check(string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000)), open);

    [Fact]
    public void One_line_of_a_million_words() => Check(string.Concat(Enumerable.Repeat("weight 1 {", 300_000)), "long line");

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
        for (var run = 0; run < runs; run++) Check(make(new Random((seed * 1_000_003) + run)), $"seed {seed}, run {run}");
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 40), text.Length - at);
        switch (random.Next(6))
        {
            case 0:
                text.Remove(at, Math.Min(1, length));
                break;
            case 1:
                text.Remove(at, length);
                break;
            case 2:
                text.Insert(at, Words[random.Next(Words.Length)]);
                break;
            case 3:
                text.Insert(at, text.ToString(at, length));
                break;
            case 4:
                var other = Seeds[random.Next(Seeds.Length)];
                text.Insert(at, other[random.Next(other.Length)..]);
                break;
            default:
                if (length > 0) text[at] = (char)random.Next(256);
                break;
        }
    }

    private static void Check(string text, string what)
    {
        var files = new MemoryConfigFiles { [Reading.Path] = text, ["/etc/keepalived/other"] = Seeds[0] };
        ConfigResult result;
        try
        {
            result = Reading.Read(files);
            Assert.NotNull(DiagnosticFormatter.Format(result));
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{what}: {failure.Message}\n{text[..Math.Min(text.Length, 2000)]}", failure);
        }

        Assert.True(result.Diagnostics.Count <= (3 * ConfigLimits.MaxDiagnosticsPerSeverity) + 1, what);
        foreach (var diagnostic in result.Diagnostics)
        {
            var line = result.Sources.Line(diagnostic.File, diagnostic.Line);
            Assert.True(line is not null && diagnostic.Column >= 1 && diagnostic.Column <= line.Length, $"{what}: {diagnostic}");
            Assert.True(diagnostic.ToString().Length < 1000, $"{what}: {diagnostic}");
        }

        CheckModel(result.Config, what);
    }

    private static void CheckModel(DirectorConfig config, string what)
    {
        foreach (var instance in config.VrrpInstances)
        {
            var all = instance.Addresses.Concat(instance.ExcludedAddresses).ToList();
            Assert.True(instance.VirtualRouterId > 0 && instance.Priority > 0 && instance.Addresses.Count is > 0 and <= 255, what);
            Assert.True(all.All(address => address.Address.IsV4 && address.PrefixLength is >= 1 and <= 32), what);
            Assert.Equal(all.Count, all.DistinctBy(address => address.Address).Count());
            Assert.True(instance.AdvertInterval.Ticks % TimeSpan.TicksPerSecond == 0
                && instance.AdvertInterval >= TimeSpan.FromSeconds(1), what);
            Assert.True(instance.Password is null || Encoding.UTF8.GetByteCount(instance.Password) is >= 1 and <= 8, what);
        }

        foreach (var service in config.VirtualServers)
        {
            Assert.NotEmpty(service.RealServers);
            Assert.True(service.Key.Virtual.Port != 0 || service.PersistenceTimeout is not null, what);
            Assert.Equal(service.RealServers.Count, service.RealServers.DistinctBy(server => server.Endpoint).Count());
            Assert.All(service.RealServers, server => Assert.All(server.TcpChecks, check =>
                Assert.True(check.Target.Port != 0 && check.ConnectTimeout > TimeSpan.Zero && check.DelayLoop > TimeSpan.Zero
                    && check.Retries >= 0, what)));
        }
    }
}
