namespace Director.Config.Binder;

/// <summary>The keywords of notifications that instances and sync groups share.</summary>
internal static class NotifyKeywords
{
    /// <summary>The rows for a block whose draft has such settings.</summary>
    public static IEnumerable<Keyword<T>> Of<T>(Func<T, NotifyDraft> notify) =>
    [
        new ScriptLineKeyword<T>("notify_master", (draft, script) => notify(draft).Master = script),
        new ScriptLineKeyword<T>("notify_backup", (draft, script) => notify(draft).Backup = script),
        new ScriptLineKeyword<T>("notify_fault", (draft, script) => notify(draft).Fault = script),
        new ScriptLineKeyword<T>("notify_stop", (draft, script) => notify(draft).Stop = script),
        new ScriptLineKeyword<T>("notify", (draft, script) => notify(draft).Any = script),
        Rows<T>.Switch("notify_priority_changes", (draft, says) => notify(draft).PriorityChanges = says),
        Rows<T>.Switch("smtp_alert", (draft, alert) => notify(draft).SmtpAlert = alert),
    ];

    /// <summary>Those that only an instance has.</summary>
    public static IEnumerable<Keyword<T>> OfInstance<T>(Func<T, NotifyDraft> notify) =>
    [
        .. Of(notify),
        new ScriptLineKeyword<T>("notify_deleted", (draft, script) =>
        {
            notify(draft).SaysDeleted = true;
            notify(draft).Deleted = script;
        }, mayBeBare: true),
        new ScriptLineKeyword<T>("notify_master_rx_lower_pri", (draft, script) => notify(draft).MasterHearsLower = script),
    ];
}
