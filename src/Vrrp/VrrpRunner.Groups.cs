namespace Director.Vrrp;

/// <content>Sync groups.</content>
public sealed partial class VrrpRunner
{
    private readonly List<RunningGroup> _groups = [];

    /// <summary>The sync groups it runs.</summary>
    public IEnumerable<SyncGroup> Groups => _groups.Select(running => running.Group);

    /// <summary>Puts the routers that run in these groups, and no others in any. They must be settled after that.</summary>
    private void Group(IReadOnlyList<SyncGroupSettings> groups)
    {
        var told = _groups.ToDictionary(running => running.Group.Settings.Name, running => running.Told);
        _groups.Clear();
        foreach (var running in _routers) (running.Group, running.Router.IsGrouped) = (null, false);
        foreach (var settings in groups)
        {
            var members = settings.Members.Select(name => _routers.Find(running => running.Router.Settings.Name == name))
                .OfType<RunningRouter>().ToArray();
            if (members.Length == 0) continue;
            var group = new RunningGroup(settings, members) { Told = told.GetValueOrDefault(settings.Name) };
            foreach (var member in members) member.Group = group;
            _groups.Add(group);
        }
    }

    /// <summary>Lets a group's members do what follows from what one of them has done.</summary>
    private void Settle(RunningGroup group)
    {
        while (group.Group.TryNext(out var index, out var happened)) Do(group.Members[index], happened);
        var state = group.Group.State;
        if (state == group.Told) return;
        group.Told = state;
        _observer.GroupChanged(group.Group);
    }

    /// <summary>A lower master that was heard by one router may have misled hosts about all addresses of the group.</summary>
    private void AnnounceAgain(RunningRouter running)
    {
        if (running.Group is not { } group)
        {
            Announce(running, AnnouncementOccasions.LowerMaster);
            return;
        }

        foreach (var member in group.Members)
        {
            if (member.Router.State == VrrpState.Master) Announce(member, AnnouncementOccasions.LowerMaster);
        }
    }
}
