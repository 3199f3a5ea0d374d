using Director.Config;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Notifications;

/// <summary>
/// What is told of what the VRRP process reports: each new state once, however often it is reported. Pure; one thread.
/// </summary>
internal sealed class NotificationState
{
    private readonly Dictionary<(bool IsGroup, string Name), Told> _told = [];
    private Dictionary<(bool IsGroup, string Name), NotifyConfig> _notify = [];

    /// <summary>Who is to be told of an instance or a group.</summary>
    public NotifyConfig NotifyOf(in Notification notification) =>
        _notify.GetValueOrDefault((notification.IsGroup, notification.Name), NotifyConfig.None);

    /// <summary>
    /// Takes a configuration into force. Of what it no longer has, the last is told: DELETED where <c>notify_deleted</c> asks for that,
    /// else FAULT unless it was in that; with whom to tell.
    /// </summary>
    public IReadOnlyList<(Notification Notification, NotifyConfig Notify)> Configure(DirectorConfig config)
    {
        var notify = config.VrrpInstances.Select(instance => (Key: (false, instance.Name), instance.Notify))
            .Concat(config.SyncGroups.Select(group => (Key: (true, group.Name), group.Notify)))
            .ToDictionary(pair => pair.Key, pair => pair.Notify);
        var last = new List<(Notification, NotifyConfig)>();
        foreach (var (key, before) in _notify.Where(pair => !notify.ContainsKey(pair.Key)))
        {
            var wasFault = _told.Remove(key, out var told) && told.Event == NotifyEvent.Fault;
            if (key.IsGroup) continue;
            if (before.SaysDeleted) last.Add((new(false, key.Name, NotifyEvent.Deleted, told.Priority), before));
            else if (!wasFault) last.Add((new(false, key.Name, NotifyEvent.Fault, told.Priority), before));
        }

        _notify = notify;
        return last;
    }

    /// <summary>What is to be told of a report; null if nothing is.</summary>
    public Notification? Apply(VrrpReport report) => report switch
    {
        VrrpStateReport state => OfState(false, state.Instance, state.State, state.EffectivePriority),
        VrrpGroupReport group => OfState(true, group.Group, group.State, 0),
        VrrpNoticeReport { Notice: VrrpNotice.ForcingElection } notice when _notify.ContainsKey((false, notice.Instance)) =>
            new(false, notice.Instance, NotifyEvent.MasterHearsLower, notice.EffectivePriority),
        _ => null,
    };

    /// <summary>The states as they were told last.</summary>
    public IEnumerable<Notification> All() =>
        _told.Select(told => new Notification(told.Key.IsGroup, told.Key.Name, told.Value.Event, told.Value.Priority));

    /// <summary>The end: of every instance and every group.</summary>
    public IEnumerable<Notification> Stop() => _notify.Keys.Select(key =>
        new Notification(key.IsGroup, key.Name, NotifyEvent.Stop, _told.GetValueOrDefault(key).Priority));

    private Notification? OfState(bool isGroup, string name, VrrpState state, byte priority)
    {
        if (state == VrrpState.Init || !_notify.TryGetValue((isGroup, name), out var notify)) return null;
        var happened = state switch
        {
            VrrpState.Master => NotifyEvent.Master,
            VrrpState.Backup => NotifyEvent.Backup,
            _ => NotifyEvent.Fault,
        };
        var isKnown = _told.TryGetValue((isGroup, name), out var before);
        _told[(isGroup, name)] = new(happened, priority);
        if (!isKnown || before.Event != happened) return new(isGroup, name, happened, priority);
        if (before.Priority == priority || !notify.SaysPriority || happened == NotifyEvent.Fault) return null;
        var change = happened == NotifyEvent.Master ? NotifyEvent.MasterPriority : NotifyEvent.BackupPriority;
        return new(isGroup, name, change, priority);
    }

    private readonly record struct Told(NotifyEvent Event, byte Priority);
}
