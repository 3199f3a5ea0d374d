using System.Text;
using Director.Config;

namespace Director.Tests.Config;

/// <summary>Texts to read, drawn from a random number generator, and what must hold of any text.</summary>
internal static class ConfigFuzz
{
    /// <summary>The configurations under <c>examples</c>.</summary>
    public static readonly string[] Examples = [.. from scenario in new[] { "failover", "balance" }
                                                   from node in new[] { "master", "backup" }
                                                   select File.ReadAllText(Reading.RepositoryFile("examples", scenario, $"{node}.conf"))];

    private static readonly string[] Words =
    [
        "{", "}", "\n", " ", "\"", "#", "!", "\\", "\0", "\r", "$", "${", "${_PWD}", "@x ", "~SEQ(", "$A=", "[a-", "*", "a{b,c}",
        "include ", "include *", "include keepalived.conf\n", "includea {a,{b,*}}\n", "include_check -x",
        "virtual_server", "vrrp_instance", "real_server", "TCP_CHECK", "HTTP_GET", "authentication", "auth_pass", "global_defs",
        "virtual_ipaddress", "virtual_ipaddress_excluded {", "unicast_peer {", "persistence_timeout", "weight", "brd", "dev", "label",
        "sorry_server", "sorry_server_inhibit", "quorum", "hysteresis 1", "lvs_timeouts", "lvs_method", "NAT", "TUN", "type gre",
        "lb_algowlc", "protocolTCP", "priority255", "10.0.0.1", "fe80::1/64", "/33", "-1", "99999999999999999999", "1.0000001",
        "notify_up /bin/x 'a\\", "MISC_CHECK {\nmisc_path ", "vrrp_script x {\nscript \"/bin/x \\x4", "'", "é", "\ud83d\ude00",
    ];

    /// <summary>Pieces of definitions, generators and conditions, of which some make endless text.</summary>
    private static readonly string[] Makers =
    [
        "$A=", "$B=", "$C= ", "$A${i}=", "${A}", "${B}", "${C}", "$A", "$B", "$C", "${i}", "$i", "${A${i}}", "${_RANDOM 1 9}", "${_RANDOM",
        "${_PWD}", "${_ENV X}", "${_HASH}", "~SEQ(i, 3) ", "~SEQ(i,1,2,9) ", "~SEQ(j, 99) ", "~SEQx(i,$A) ", "~SEQ(i,${B},3) ",
        "~LST(i, a, b) ", "~LST({i,j},{1,2},{$A}) ", "~LST(", "@lb1 ", "@^lb1 ", "@lb2 ", "\\",
        " \\\n", " \\\n", "\n", "\n", "\n", " ", " ",
        "include other", "random_seed 3", "\"", "{", "}", "weight 1", "vrrp_instance i${i} {", "virtual_server 10.0.0.${i} 80 {",
        "real_server 10.0.1.$i 80 {", "priority ${A}", "notify \"/bin/x ${A}\"",
    ];

    private static readonly ConfigContext Context = new("lb1") { EnvironmentVariable = name => name.Length == 1 ? "$A" : null };

    /// <summary>Any characters, most of them ASCII.</summary>
    public static string Characters(Random random)
    {
        var text = new char[random.Next(400)];
        for (var i = 0; i < text.Length; i++) text[i] = random.Next(4) == 0 ? (char)random.Next(char.MaxValue) : (char)random.Next(128);
        return new string(text);
    }

    /// <summary>Words of the language and some that nearly are, in any order.</summary>
    public static string AnyWords(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(120); i > 0; i--)
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(3) == 0 ? "\n" : random.Next(3) == 0 ? "" : " ");
        return text.ToString();
    }

    /// <summary>Definitions, generators and conditions, in any order.</summary>
    public static string AnyMakers(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(200) == 0) text.Append("~SEQ(i, 99999999999) ");
        for (var i = random.Next(80); i > 0; i--) text.Append(Makers[random.Next(Makers.Length)]);
        return text.ToString();
    }

    /// <summary>One of the repository's examples with up to a dozen slips.</summary>
    public static string MutatedExample(Random random)
    {
        var text = new StringBuilder(Examples[random.Next(Examples.Length)]);
        for (var i = random.Next(1, 12); i > 0; i--) Mutate(text, random);
        return text.ToString();
    }

    /// <summary>Reads a text and says what is to be said of it, once.</summary>
    public static IReadOnlyList<Diagnostic> Lint(string text) =>
        Linter.Lint(ConfigReader.Read(Reading.Path, FilesOf(text), keepsSyntax: true, Context));

    /// <summary>Reads a text; fails, naming <paramref name="what"/>, at an exception or a broken promise.</summary>
    public static void Check(string text, string what)
    {
        var files = FilesOf(text);
        ConfigResult result;
        IReadOnlyList<Diagnostic> diagnostics;
        try
        {
            result = ConfigReader.Read(Reading.Path, files, keepsSyntax: true, Context);
            diagnostics = Linter.Lint(result);
            Assert.NotNull(DiagnosticFormatter.Format(diagnostics, result.Sources));
            Assert.All(diagnostics, diagnostic => Assert.NotNull(RuleCatalogue.Find(diagnostic.Code)));
            Writing.ConvertTests.CheckRoundTrip(result);
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{what}: {failure.Message}\n{text[..Math.Min(text.Length, 2000)]}", failure);
        }

        Assert.True(result.Diagnostics.Count <= (3 * ConfigLimits.MaxDiagnosticsPerSeverity) + 1, what);
        foreach (var diagnostic in diagnostics)
        {
            var line = result.Sources.Line(diagnostic.File, diagnostic.Line);
            // The linter also speaks of lines as a whole.
            var first = result.Diagnostics.Contains(diagnostic) ? 1 : 0;
            Assert.True(line is not null && diagnostic.Column >= first && diagnostic.Column <= line.Length, $"{what}: {diagnostic}");
            Assert.True(diagnostic.ToString().Length < 1000, $"{what}: {diagnostic}");
        }

        CheckModel(result.Config, what);
    }

    private static MemoryConfigFiles FilesOf(string text) =>
        new() { [Reading.Path] = text, ["/etc/keepalived/other"] = Examples[0] };

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
                var other = Examples[random.Next(Examples.Length)];
                text.Insert(at, other[random.Next(other.Length)..]);
                break;
            default:
                if (length > 0) text[at] = (char)random.Next(256);
                break;
        }
    }

    private static void CheckModel(DirectorConfig config, string what)
    {
        foreach (var instance in config.VrrpInstances)
        {
            var all = instance.AllAddresses().ToList();
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
            Assert.All(service.RealServers, server => Assert.All(server.Checks.OfType<TcpCheckConfig>(), check =>
                Assert.True(check.Connection.Target.Port != 0 && check.Connection.Timeout > TimeSpan.Zero
                    && check.Timing.DelayLoop > TimeSpan.Zero && check.Timing.Retries >= 0, what)));
        }
    }
}
