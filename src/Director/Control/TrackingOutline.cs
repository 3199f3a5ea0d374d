using System.Globalization;
using Director.Config;

namespace Director.Control;

/// <summary>What a <see cref="ConfigOutline"/> says of trackers and notifications. Pure.</summary>
internal static class TrackingOutline
{
    /// <summary>What is tracked, by kind.</summary>
    public static IEnumerable<(string Keyword, string Value)> Of(IReadOnlyList<TrackConfig> tracks) =>
        from track in tracks
        group track by track.Kind into kind
        select (NameOf(kind.Key), string.Join(", ", kind));

    /// <summary>Who is told.</summary>
    public static IEnumerable<(string Keyword, string Value)> Of(NotifyConfig notify)
    {
        (string Keyword, string? Value)[] all =
        [
            ("notify_master", notify.Master?.ToString()),
            ("notify_backup", notify.Backup?.ToString()),
            ("notify_fault", notify.Fault?.ToString()),
            ("notify_stop", notify.Stop?.ToString()),
            ("notify_deleted", notify.Deleted?.ToString() ?? (notify.SaysDeleted ? "yes" : null)),
            ("notify", notify.Any?.ToString()),
            ("notify_master_rx_lower_pri", notify.MasterHearsLower?.ToString()),
            ("notify_priority_changes", notify.SaysPriority ? "yes" : null),
            ("smtp_alert", notify.SendsMail ? "yes" : null),
        ];
        return all.Where(entry => entry.Value is not null).Select(entry => (entry.Keyword, entry.Value!));
    }

    /// <summary>A script.</summary>
    public static IReadOnlyList<(string Keyword, string Value)> Of(VrrpScriptConfig script) =>
    [
        ("script", script.Script.ToString()),
        ("interval", Text(script.Interval)),
        ("timeout", Text(script.Timeout)),
        ("rise", Text(script.Rise)),
        ("fall", Text(script.Fall)),
        ("init_fail", script.StartsFailed ? "yes" : "no"),
    ];

    /// <summary>A file.</summary>
    public static IReadOnlyList<(string Keyword, string Value)> Of(TrackFileConfig file) =>
    [
        ("file", file.Path),
        ("init_file", file.InitialValue is { } value ? $"{Text(value)}{(file.Overwrites ? " overwrite" : "")}" : "no"),
    ];

    /// <summary>A process.</summary>
    public static IReadOnlyList<(string Keyword, string Value)> Of(TrackProcessConfig process) =>
    [
        ("process", string.Join(' ', [process.Process, .. process.Parameters])),
        ("param_match", process.ParameterMatch.ToString()),
        ("full_command", process.IsFullCommand ? "yes" : "no"),
        ("quorum", Text(process.Quorum)),
        ("quorum_max", Text(process.QuorumMax)),
        ("fork_delay", Text(process.ForkDelay)),
        ("terminate_delay", Text(process.TerminateDelay)),
    ];

    /// <summary>Mail, scripts and FIFOs.</summary>
    public static IEnumerable<(string Keyword, string Value)> Of(GlobalConfig globals) =>
    [
        ("smtp_server", globals.Mail.Server is { } server ? $"{server} {Text(globals.Mail.Port)}" : ""),
        ("smtp_helo_name", globals.Mail.HeloName ?? ""),
        ("smtp_connect_timeout", Text(globals.Mail.ConnectTimeout)),
        ("notification_email", string.Join(", ", globals.Mail.To)),
        ("notification_email_from", globals.Mail.From ?? ""),
        ("no_email_faults", globals.Mail.IsSilentAboutFaults ? "yes" : "no"),
        ("script_user", string.Join(' ', new[] { globals.ScriptPolicy.User, globals.ScriptPolicy.Group }.OfType<string>())),
        ("enable_script_security", globals.ScriptPolicy.IsStrict ? "yes" : "no"),
        ("set_supplementary_groups", globals.ScriptPolicy.WithGroups ? "yes" : "no"),
        ("startup_script", globals.Startup is { } startup ? $"{startup.Script}, {Text(startup.Timeout)}" : ""),
        ("shutdown_script", globals.Shutdown is { } shutdown ? $"{shutdown.Script}, {Text(shutdown.Timeout)}" : ""),
        ("notify_fifo", string.Join(", ", globals.Fifos.Select(fifo => $"{fifo.Path} {fifo.User}:{fifo.Group} {fifo.Script}"))),
        ("fifo_write_vrrp_states_on_reload", globals.TellsFifosOnReload ? "yes" : "no"),
    ];

    private static string NameOf(TrackedKind kind) => kind switch
    {
        TrackedKind.Interface => "track_interface",
        TrackedKind.Script => "track_script",
        TrackedKind.File => "track_file",
        TrackedKind.Process => "track_process",
        TrackedKind.VirtualServer => "track_virtual_server",
        _ => "track_bfd",
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.######} s");
}
