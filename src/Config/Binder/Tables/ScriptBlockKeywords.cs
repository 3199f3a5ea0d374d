using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>Blocks that hold scripts. None is supported yet; what is wrong with their lines is said all the same.</summary>
internal static class ScriptBlockKeywords
{
    public static readonly Grammar<IgnoredDraft> MiscCheck = Ignored(
        "misc_path", "misc_timeout", "misc_dynamic", "user", "retry", "nb_get_retry", "delay_before_retry", "warmup", "delay_loop", "alpha",
        "log_all_failures");

    public static readonly Grammar<IgnoredDraft> VrrpScript = Ignored(
        "script", "interval", "timeout", "weight", "rise", "fall", "user", "init_fail");

    public static readonly Grammar<IgnoredDraft> VrrpSyncGroup = Ignored(
        "group", "track_interface", "track_script", "track_file", "track_process", "track_bfd", "notify", "notify_master", "notify_backup",
        "notify_fault", "notify_stop", "notify_priority_changes", "smtp_alert", "global_tracking", "sync_group_tracking_weight");

    private static Grammar<IgnoredDraft> Ignored(params IEnumerable<string> names) => new([.. names.Select(Row)]);

    private static Keyword<IgnoredDraft> Row(string name) =>
        ScriptKeyword.IsOne(name) ? new UnsupportedScriptKeyword<IgnoredDraft>(name, isInIgnoredBlock: true) : new IgnoredKeyword(name);
}
