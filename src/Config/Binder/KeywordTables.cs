namespace Director.Config.Binder;

/// <summary>All keyword tables, to tell where a keyword belongs that stands in the wrong place.</summary>
internal static class KeywordTables
{
    private static readonly Dictionary<string, string> Homes = new[]
    {
        NamesOf("global_defs", GlobalKeywords.Grammar),
        NamesOf("vrrp_instance", VrrpInstanceKeywords.Grammar),
        NamesOf("vrrp_sync_group", SyncGroupKeywords.Grammar),
        NamesOf("vrrp_script", TrackerKeywords.Script),
        NamesOf("vrrp_track_file", TrackerKeywords.File),
        NamesOf("vrrp_track_process", TrackerKeywords.Process),
        NamesOf("authentication", AuthenticationKeywords.Grammar),
        NamesOf("virtual_server", VirtualServerKeywords.Grammar),
        NamesOf("real_server", RealServerKeywords.Grammar),
        NamesOf("a check such as TCP_CHECK", TcpCheckKeywords.Grammar),
        OwnOf("HTTP_GET", HttpCheckKeywords.Grammar),
        OwnOf("SSL_GET", HttpCheckKeywords.TlsGrammar),
        NamesOf("url", HttpUrlKeywords.TlsGrammar),
        OwnOf("SMTP_CHECK", SmtpCheckKeywords.Grammar),
        OwnOf("DNS_CHECK", DnsCheckKeywords.Grammar),
        OwnOf("UDP_CHECK", UdpCheckKeywords.Grammar),
        NamesOf("SSL", TlsClientKeywords.Grammar),
        NamesOf("BFD_CHECK", BfdCheckKeywords.Grammar),
        OwnOf("MISC_CHECK", MiscCheckKeywords.Grammar),
        NamesOf("FILE_CHECK", FileCheckKeywords.Grammar),
        NamesOf("bfd_instance", BfdInstanceKeywords.Grammar),
        NamesOf("the outermost level", RootKeywords.Grammar),
    }.SelectMany(table => table).GroupBy(row => row.Keyword, row => row.Block)
        .ToDictionary(home => home.Key, home => string.Join(" or ", home));

    /// <summary>The blocks that have a keyword, such as "real_server or virtual_server"; null if none has.</summary>
    public static string? HomeOf(string keyword) => Homes.GetValueOrDefault(keyword);

    /// <summary>Those that a check has besides what every check has.</summary>
    private static IEnumerable<(string Keyword, string Block)> OwnOf<T>(string block, Grammar<T> grammar) =>
        NamesOf(block, grammar).Where(name => !TcpCheckKeywords.Grammar.Knows(name.Keyword, out _));

    private static IEnumerable<(string Keyword, string Block)> NamesOf<T>(string block, Grammar<T> grammar) =>
        grammar.Keywords.SelectMany(keyword => keyword.Names).Select(name => (name, block));
}
