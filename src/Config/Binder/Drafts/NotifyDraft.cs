namespace Director.Config.Binder;

/// <summary>What an instance or a sync group says of notifications; null is what was not written.</summary>
internal sealed class NotifyDraft
{
    public ScriptConfig? Master { get; set; }

    public ScriptConfig? Backup { get; set; }

    public ScriptConfig? Fault { get; set; }

    public ScriptConfig? Stop { get; set; }

    public ScriptConfig? Deleted { get; set; }

    public bool SaysDeleted { get; set; }

    public ScriptConfig? Any { get; set; }

    public ScriptConfig? MasterHearsLower { get; set; }

    public bool? PriorityChanges { get; set; }

    public bool? SmtpAlert { get; set; }

    /// <summary>With what <c>global_defs</c> says where nothing is said here.</summary>
    public NotifyConfig Complete(GlobalNotifyDraft globals) => new()
    {
        Master = Master,
        Backup = Backup,
        Fault = Fault,
        Stop = Stop,
        Deleted = Deleted,
        SaysDeleted = SaysDeleted,
        Any = Any,
        MasterHearsLower = MasterHearsLower,
        SaysPriority = PriorityChanges ?? globals.PriorityChanges ?? false,
        SendsMail = SmtpAlert ?? globals.SmtpAlertVrrp ?? globals.SmtpAlert ?? false,
    };
}
