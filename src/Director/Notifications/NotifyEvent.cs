namespace Director.Notifications;

/// <summary>What is told of an instance or a sync group.</summary>
internal enum NotifyEvent
{
    /// <summary>It is master.</summary>
    Master,

    /// <summary>It is backup.</summary>
    Backup,

    /// <summary>It is in fault.</summary>
    Fault,

    /// <summary>The director stops.</summary>
    Stop,

    /// <summary>A reload has removed it.</summary>
    Deleted,

    /// <summary>As master it heard a lower priority.</summary>
    MasterHearsLower,

    /// <summary>As master it has another priority.</summary>
    MasterPriority,

    /// <summary>As backup it has another priority.</summary>
    BackupPriority,
}
