namespace Director.Config;

/// <summary>Who is told of the states of an instance or a sync group; null where nobody is.</summary>
public sealed record NotifyConfig
{
    /// <summary>Nobody.</summary>
    public static NotifyConfig None { get; } = new();

    /// <summary><c>notify_master</c>.</summary>
    public ScriptConfig? Master { get; init; }

    /// <summary><c>notify_backup</c>.</summary>
    public ScriptConfig? Backup { get; init; }

    /// <summary><c>notify_fault</c>.</summary>
    public ScriptConfig? Fault { get; init; }

    /// <summary><c>notify_stop</c>.</summary>
    public ScriptConfig? Stop { get; init; }

    /// <summary><c>notify_deleted</c> with a command.</summary>
    public ScriptConfig? Deleted { get; init; }

    /// <summary><c>notify_deleted</c>, with or without a command: one that a reload removes is DELETED, not in FAULT.</summary>
    public bool SaysDeleted { get; init; }

    /// <summary><c>notify</c>: told of every state, with what and which as its last arguments.</summary>
    public ScriptConfig? Any { get; init; }

    /// <summary><c>notify_master_rx_lower_pri</c>.</summary>
    public ScriptConfig? MasterHearsLower { get; init; }

    /// <summary><c>notify_priority_changes</c>: the FIFOs are told of priorities too.</summary>
    public bool SaysPriority { get; init; }

    /// <summary><c>smtp_alert</c>.</summary>
    public bool SendsMail { get; init; }

    /// <summary>All scripts.</summary>
    public IEnumerable<ScriptConfig> Scripts =>
        new[] { Master, Backup, Fault, Stop, Deleted, Any, MasterHearsLower }.OfType<ScriptConfig>();
}
