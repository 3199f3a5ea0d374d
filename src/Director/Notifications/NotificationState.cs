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
    private readonly Dictionary<string, FaultReasons> _faults = [];

    /// <summary>The groups of which it is not told yet that they are in FAULT, for they only wait.</summary>
    private readonly HashSet<string> _waiting = [];

    private Dictionary<(bool IsGroup, string Name), NotifyConfig> _notify = [];
    private Dictionary<string, IReadOnlyList<string>> _members = [];

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
        _members = config.SyncGroups.ToDictionary(group => group.Name, group => group.Members);
        _waiting.IntersectWith(_members.Keys);
        return last;
    }

    /// <summary>What is to be told of a report, if anything is.</summary>
    public IReadOnlyList<Notification> Apply(VrrpReport report)
    {
        List<Notification> told = [];
        switch (report)
        {
            case VrrpStateReport state:
                _faults[state.Instance] = state.Faults;
                Add(false, state.Instance, state.State, state.EffectivePriority, told);
                // What a group waited for has turned out to be a fault: that is no new state of the group's.
                foreach (var group in _waiting.Where(group => HasFailed(_members[group])).ToList())
                    Add(true, group, VrrpState.Fault, 0, told);
                break;
            case VrrpGroupReport group:
                Add(true, group.Group, group.State, 0, told);
                break;
            case VrrpNoticeReport { Notice: VrrpNotice.ForcingElection } notice when _notify.ContainsKey((false, notice.Instance)):
                told.Add(new(false, notice.Instance, NotifyEvent.MasterHearsLower, notice.EffectivePriority));
                break;
        }

        return told;
    }

    /// <summary>The states as they were told last.</summary>
    public IEnumerable<Notification> All() =>
        _told.Select(told => new Notification(told.Key.IsGroup, told.Key.Name, told.Value.Event, told.Value.Priority));

    /// <summary>The end: of every instance and every group.</summary>
    public IEnumerable<Notification> Stop() => _notify.Keys.Select(key =>
        new Notification(key.IsGroup, key.Name, NotifyEvent.Stop, _told.GetValueOrDefault(key).Priority));

    /// <summary>
    /// Whether all that keeps these from taking part is that nothing is known yet of what they track: no fault, as keepalived has it.
    /// </summary>
    private bool IsWaiting(IReadOnlyList<string> instances) =>
        FaultsOf(instances).HasFlag(FaultReasons.TrackerUnknown) && !HasFailed(instances);

    private bool HasFailed(IReadOnlyList<string> instances) =>
        (FaultsOf(instances) & ~(FaultReasons.TrackerUnknown | FaultReasons.MemberFault)) != FaultReasons.None;

    private FaultReasons FaultsOf(IReadOnlyList<string> instances) =>
        instances.Aggregate(FaultReasons.None, (all, instance) => all | _faults.GetValueOrDefault(instance));

    private IReadOnlyList<string> InStepWith(string instance) =>
        _members.Values.FirstOrDefault(members => members.Contains(instance)) ?? [instance];

    private void Add(bool isGroup, string name, VrrpState state, byte priority, List<Notification> told)
    {
        var key = (isGroup, name);
        if (isGroup) _waiting.Remove(name);
        if (state == VrrpState.Fault && !_told.ContainsKey(key) && _notify.ContainsKey(key)
            && IsWaiting(isGroup ? _members[name] : InStepWith(name)))
        {
            if (isGroup) _waiting.Add(name);
            return;
        }

        if (OfState(isGroup, name, state, priority) is { } notification) told.Add(notification);
    }

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
