using Row = Director.Config.Binder.Rows<Director.Config.Binder.GlobalDraft>;

namespace Director.Config.Binder;

/// <summary><c>global_defs</c>.</summary>
internal static class GlobalKeywords
{
    public static readonly Grammar<GlobalDraft> Grammar = new(
    [
        Row.Value("router_id", Take.Text("a name"), (globals, name) => globals.RouterId = name, alias: "lvs_id"),
        .. VrrpAddressKeywords.Global,
        .. ElectionKeywords.OfGlobals,
        .. WireKeywords.OfGlobals,
        .. ProcessKeywords.OfVrrp,
        new LvsTimeoutsKeyword(),
        .. GlobalNotifyKeywords.Rows,
        // Applied while the text is read (LineReader), for it concerns the include lines that follow.
        new IncludeCheckKeyword(),
        // So is this (Preprocessor), for it concerns ${_RANDOM} further on.
        Row.Value("random_seed", Take.Integer(0), (_, _) => { }),
        .. NotUsedKeywords.OfGlobals,
        .. ServiceRuleKeywords.OfGlobals,
    ]);
}
