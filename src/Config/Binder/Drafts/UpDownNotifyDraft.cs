namespace Director.Config.Binder;

/// <summary>Notifications of a real server or virtual server in the making; null is what was not written.</summary>
internal sealed class UpDownNotifyDraft
{
    public ScriptConfig? Up { get; set; }

    public ScriptConfig? Down { get; set; }

    public bool? SmtpAlert { get; set; }

    /// <summary>With what <c>global_defs</c> says of mail where nothing is said here, and else <paramref name="mails"/>.</summary>
    public UpDownNotifyConfig Complete(GlobalNotifyDraft globals, bool mails) => new()
    {
        Up = Up,
        Down = Down,
        SendsMail = SmtpAlert ?? globals.SmtpAlertChecker ?? globals.SmtpAlert ?? mails,
    };
}
