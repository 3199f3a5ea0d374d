namespace Director.Config.Patterns;

/// <summary>The words of <c>regex_options</c> (keepalived check/check_http.c, <c>regex_options</c>).</summary>
internal static class PcreOption
{
    /// <summary>All of them; those without a meaning here change how fast PCRE2 is, or what it reports, and not what it finds.</summary>
    public static IReadOnlyList<(string Word, PcreOptions Option)> All { get; } =
    [
        ("allow_empty_class", PcreOptions.AllowEmptyClass),
        ("alt_bsux", PcreOptions.AltBsux),
        ("alt_circumflex", PcreOptions.None),
        ("alt_verbnames", PcreOptions.None),
        ("auto_callout", PcreOptions.None),
        ("caseless", PcreOptions.Caseless),
        ("dollar_endonly", PcreOptions.DollarEndOnly),
        ("dotall", PcreOptions.DotAll),
        ("dupnames", PcreOptions.None),
        ("extended", PcreOptions.Extended),
        ("firstline", PcreOptions.FirstLine),
        ("match_unset_backref", PcreOptions.MatchUnsetBackref),
        ("multiline", PcreOptions.Multiline),
        ("never_backslash_c", PcreOptions.None),
        ("never_ucp", PcreOptions.None),
        ("never_utf", PcreOptions.None),
        ("no_auto_capture", PcreOptions.NoAutoCapture),
        ("no_auto_possess", PcreOptions.None),
        ("no_dotstar_anchor", PcreOptions.None),
        ("no_start_optimize", PcreOptions.None),
        ("ucp", PcreOptions.Ucp),
        // Which of the ways to match is taken makes no difference to whether and where there is one.
        ("ungreedy", PcreOptions.None),
        ("use_offset_limit", PcreOptions.None),
        ("utf", PcreOptions.Utf),
    ];
}
