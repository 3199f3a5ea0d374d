using System.Globalization;

namespace Director.Notifications;

/// <summary>Something to be told.</summary>
/// <param name="IsGroup">Whether it is of a sync group rather than of an instance.</param>
/// <param name="Name">Whose.</param>
/// <param name="Event">What.</param>
/// <param name="Priority">The effective priority, 1–255; of a group 0.</param>
internal readonly record struct Notification(bool IsGroup, string Name, NotifyEvent Event, byte Priority)
{
    /// <summary>What scripts and pipes call it.</summary>
    public string Kind => IsGroup ? "GROUP" : "INSTANCE";

    /// <summary>What they call what happened.</summary>
    public string EventName => Event switch
    {
        NotifyEvent.Master => "MASTER",
        NotifyEvent.Backup => "BACKUP",
        NotifyEvent.Fault => "FAULT",
        NotifyEvent.Stop => "STOP",
        NotifyEvent.Deleted => "DELETED",
        NotifyEvent.MasterHearsLower => "MASTER_RX_LOWER_PRI",
        NotifyEvent.MasterPriority => "MASTER_PRIORITY",
        _ => "BACKUP_PRIORITY",
    };

    /// <summary>Whether it is a new state, which scripts and mail are told of, too.</summary>
    public bool IsState => Event <= NotifyEvent.Deleted;

    /// <summary>The line for a pipe (keepalived.conf(5), <c>notify_fifo</c>).</summary>
    public string FifoLine => string.Create(CultureInfo.InvariantCulture, $"{Kind} \"{Name}\" {EventName} {Priority}\n");
}
