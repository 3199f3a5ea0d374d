using Director.Config.Text;
using Row = Director.Config.Binder.Rows<Director.Config.Binder.GlobalDraft>;

namespace Director.Config.Binder;

/// <summary>What <c>global_defs</c> says of mail, scripts and FIFOs.</summary>
internal static class GlobalNotifyKeywords
{
    public static IEnumerable<Keyword<GlobalDraft>> Rows =>
    [
        Row.Block("notification_email", new Grammar<GlobalDraft>((statement, globals, _) =>
            Mail(globals, mail => mail with { To = [.. mail.To, .. statement.Words.Select(word => word.Text)] })), (globals, _) => globals),
        Row.Value("notification_email_from", Take.Text("an address"), (globals, from) => Mail(globals, mail => mail with { From = from })),
        Row.Read("smtp_server", Take.Text("a name or an address"), (globals, server, reader) =>
        {
            Mail(globals, mail => mail with { Server = server });
            if (!reader.IsAtEnd && reader.TryTake(Take.Port, out var port)) Mail(globals, mail => mail with { Port = port });
        }),
        Row.Value("smtp_helo_name", Take.Text("a name"), (globals, name) => Mail(globals, mail => mail with { HeloName = name })),
        Row.Value("smtp_connect_timeout", Take.Seconds(SecondsArgument.Shortest), (globals, timeout) =>
            Mail(globals, mail => mail with { ConnectTimeout = timeout })),
        Row.Switch("smtp_alert", (globals, alert) => globals.Notify.SmtpAlert = alert),
        Row.Switch("smtp_alert_vrrp", (globals, alert) => globals.Notify.SmtpAlertVrrp = alert),
        Row.Switch("no_email_faults", (globals, silent) => Mail(globals, mail => mail with { IsSilentAboutFaults = silent })),
        Row.Read("script_user", Take.Text("a user"), (globals, user, reader) =>
        {
            var group = reader.Take()?.Text;
            globals.Notify.Scripts = globals.Notify.Scripts with { User = user, Group = group };
        }),
        Row.Flag("enable_script_security", globals => globals.Notify.Scripts = globals.Notify.Scripts with { IsStrict = true }),
        Row.Flag("set_supplementary_groups", globals => globals.Notify.Scripts = globals.Notify.Scripts with { WithGroups = true }),
        new ScriptLineKeyword<GlobalDraft>("startup_script", (globals, script) => globals.Notify.Startup.Script = script),
        new ScriptLineKeyword<GlobalDraft>("shutdown_script", (globals, script) => globals.Notify.Shutdown.Script = script),
        Row.Value("startup_script_timeout", Take.Seconds(1, 1000), (globals, timeout) => globals.Notify.Startup.Timeout = timeout),
        Row.Value("shutdown_script_timeout", Take.Seconds(1, 1000), (globals, timeout) => globals.Notify.Shutdown.Timeout = timeout),
        .. Row.NotUsed("it is so anyway: a script is run by the path that is written", "use_symlink_paths"),
        Row.Read("notify_fifo", Take.Text("a path"), (globals, path, reader) => ReadFifo(globals.Notify.Fifo, path, reader)),
        Row.Read("vrrp_notify_fifo", Take.Text("a path"), (globals, path, reader) => ReadFifo(globals.Notify.VrrpFifo, path, reader)),
        new ScriptLineKeyword<GlobalDraft>("notify_fifo_script", (globals, script) => globals.Notify.Fifo.Script = script),
        new ScriptLineKeyword<GlobalDraft>("vrrp_notify_fifo_script", (globals, script) => globals.Notify.VrrpFifo.Script = script),
        Row.Switch("fifo_write_vrrp_states_on_reload", (globals, tells) => globals.Notify.TellsOnReload = tells),
        Row.Switch("vrrp_notify_priority_changes", (globals, says) => globals.Notify.PriorityChanges = says),
    ];

    /// <summary>Reads the rest of a line that names a pipe.</summary>
    public static void ReadFifo(NotifyFifoDraft fifo, string path, ArgumentReader reader)
    {
        if (!path.StartsWith('/'))
        {
            reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last, $"{Printable.Quote(path)} is not an absolute path");
            return;
        }

        Word? user, group;
        fifo.Path = path;
        fifo.Location = reader.Last.Location;
        (user, group) = (reader.Take(), reader.Take());
        (fifo.User, fifo.Group) = (user?.Text, group?.Text);
    }

    private static void Mail(GlobalDraft globals, Func<MailConfig, MailConfig> change) =>
        globals.Notify.Mail = change(globals.Notify.Mail);
}
