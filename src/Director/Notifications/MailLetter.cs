namespace Director.Notifications;

/// <summary>A mail to be sent.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Body">Its text.</param>
internal sealed record MailLetter(string Subject, string Body)
{
    /// <summary>What keepalived's subjects say, in our words below.</summary>
    public static MailLetter Of(string routerId, in Notification told)
    {
        var (what, body) = told.Event switch
        {
            NotifyEvent.Master => ("Entering MASTER state", "It has taken over its virtual addresses."),
            NotifyEvent.Backup => ("Entering BACKUP state", "Another router has its virtual addresses, or will take them."),
            NotifyEvent.Fault => ("Entering FAULT state", "Something that it needs has failed: it takes no part until that is well again."),
            NotifyEvent.Stop => ("Stopping", "The director stops, and gives up its virtual addresses if it had them."),
            _ => ("Deleted", "The configuration does not have it any more."),
        };
        return new($"[{routerId}] VRRP {(told.IsGroup ? "Group" : "Instance")} {told.Name} - {what}", body + "\n");
    }

    /// <inheritdoc/>
    public override string ToString() => $"mail '{Subject}'";
}
