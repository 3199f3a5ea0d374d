namespace Director.Config.Binder;

/// <summary>What checks mean to a <c>virtual_server</c> and its <c>real_server</c>s, and who is told.</summary>
internal static class ServiceRuleKeywords
{
    /// <summary>Those of a <c>virtual_server</c>.</summary>
    public static IEnumerable<Keyword<VirtualServerDraft>> OfService =>
    [
        new ScriptLineKeyword<VirtualServerDraft>("quorum_up", (service, script) => service.Notify.Up = script),
        new ScriptLineKeyword<VirtualServerDraft>("quorum_down", (service, script) => service.Notify.Down = script),
        Rows<VirtualServerDraft>.Switch("smtp_alert", (service, alert) => service.Notify.SmtpAlert = alert),
        Rows<VirtualServerDraft>.Flag("omega", service => service.TellsOfStop = true),
        Rows<VirtualServerDraft>.Flag("ha_suspend", service => service.SuspendsChecks = true),
        // Not keepalived's: it warns of them and goes on without.
        Rows<VirtualServerDraft>.Read("slow_start", Take.Seconds(0, 3600), (service, time, reader) =>
            service.SlowStart = (time, reader.Statement.Keyword)),
        Rows<VirtualServerDraft>.Flag("fail_open", (service, reader) => service.FailOpen = reader.Last),
    ];

    /// <summary>Those of a <c>real_server</c>.</summary>
    public static IEnumerable<Keyword<RealServerDraft>> OfServer =>
    [
        new ScriptLineKeyword<RealServerDraft>("notify_up", (server, script) => server.Notify.Up = script),
        new ScriptLineKeyword<RealServerDraft>("notify_down", (server, script) => server.Notify.Down = script),
        Rows<RealServerDraft>.Switch("smtp_alert", (server, alert) => server.Notify.SmtpAlert = alert),
    ];

    /// <summary>Those of <c>global_defs</c>.</summary>
    public static IEnumerable<Keyword<GlobalDraft>> OfGlobals =>
    [
        Rows<GlobalDraft>.Switch("smtp_alert_checker", (globals, alert) => globals.Notify.SmtpAlertChecker = alert),
        Rows<GlobalDraft>.Switch("no_checker_emails", (globals, silent) => globals.Notify.IsSilentAboutChecks = silent),
        Rows<GlobalDraft>.Switch("checker_log_all_failures", (globals, logs) => globals.LogsAllFailures = logs),
        Rows<GlobalDraft>.Switch("rs_init_notifies", (globals, tells) => globals.Notify.TellsFirstServers = tells),
        Rows<GlobalDraft>.Read("lvs_notify_fifo", Take.Text("a path"), (globals, path, reader) =>
            GlobalNotifyKeywords.ReadFifo(globals.Notify.ServerFifo, path, reader)),
        new ScriptLineKeyword<GlobalDraft>("lvs_notify_fifo_script", (globals, script) => globals.Notify.ServerFifo.Script = script),
    ];
}
