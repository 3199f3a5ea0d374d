using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>Blocks that hold scripts and are not supported yet; what is wrong with their lines is said all the same.</summary>
internal static class ScriptBlockKeywords
{
    public static readonly Grammar<IgnoredDraft> MiscCheck = Ignored(
        "misc_path", "misc_timeout", "misc_dynamic", "user", "retry", "nb_get_retry", "delay_before_retry", "warmup", "delay_loop", "alpha",
        "log_all_failures");

    private static Grammar<IgnoredDraft> Ignored(params IEnumerable<string> names) => new([.. names.Select(Row)]);

    private static Keyword<IgnoredDraft> Row(string name) =>
        ScriptKeyword.IsOne(name) ? new UnsupportedScriptKeyword<IgnoredDraft>(name, isInIgnoredBlock: true) : new IgnoredKeyword(name);
}
