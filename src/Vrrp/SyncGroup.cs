namespace Director.Vrrp;

/// <summary>
/// Virtual routers that are master together or not at all. It says what must happen to which member, until nothing must: members in fault
/// draw in the others, all come back together, all are elected when each wants it, and one that stops being master stops them all
/// (keepalived.conf(5), <c>vrrp_sync_group</c>). Pure, no allocation after construction; one thread.
/// </summary>
public sealed class SyncGroup
{
    private readonly VrrpRouter[] _members;

    /// <summary>A group of these routers, in this order; their <see cref="VrrpRouter.IsGrouped"/> is set.</summary>
    public SyncGroup(SyncGroupSettings settings, IEnumerable<VrrpRouter> members)
    {
        Settings = settings;
        _members = [.. members];
        foreach (var member in _members) member.IsGrouped = true;
    }

    /// <summary>What it is.</summary>
    public SyncGroupSettings Settings { get; }

    /// <summary>
    /// Where it stands: master if all members are, in fault if any is, init if none takes part; else backup.
    /// </summary>
    public VrrpState State
    {
        get
        {
            if (Count(VrrpState.Init) == _members.Length) return VrrpState.Init;
            if (Count(VrrpState.Fault) > 0) return VrrpState.Fault;
            return Count(VrrpState.Master) == _members.Length ? VrrpState.Master : VrrpState.Backup;
        }
    }

    /// <summary>
    /// What must happen next, to the member at <paramref name="index"/>. To be asked after each event of a member and each answer, until it
    /// says no: after at most three answers for each member.
    /// </summary>
    public bool TryNext(out int index, out VrrpEvent happened)
    {
        var faulty = 0;
        foreach (var member in _members) faulty += HasFaultOfItsOwn(member) ? 1 : 0;
        if (TrySpreadFaults(faulty, out index, out happened)) return true;
        return faulty == 0 && (TryElect(out index, out happened) || TryYield(out index, out happened));
    }

    private static bool HasFaultOfItsOwn(VrrpRouter member) => (member.Faults & ~FaultReasons.MemberFault) != FaultReasons.None;

    private static bool AgreesToMaster(VrrpRouter member) => member.State == VrrpState.Master || member.WantsMaster;

    /// <summary>A member is in fault by the others exactly as long as another is in fault by itself.</summary>
    private bool TrySpreadFaults(int faulty, out int index, out VrrpEvent happened)
    {
        for (index = 0; index < _members.Length; index++)
        {
            var member = _members[index];
            if (member.State == VrrpState.Init) continue;
            var own = member.Faults & ~FaultReasons.MemberFault;
            var others = faulty - (HasFaultOfItsOwn(member) ? 1 : 0);
            var faults = others > 0 ? own | FaultReasons.MemberFault : own;
            happened = VrrpEvent.Health(faults);
            if (faults != member.Faults) return true;
        }

        happened = default;
        return false;
    }

    private bool TryElect(out int index, out VrrpEvent happened)
    {
        happened = VrrpEvent.GroupElected;
        index = Array.FindIndex(_members, member => member.State == VrrpState.Backup);
        return index >= 0 && Array.TrueForAll(_members, AgreesToMaster);
    }

    /// <summary>
    /// Members that are not master have either lost an election, or resigned to be elected again: the others do as they did. One that has
    /// joined the group of late may find that nobody is master where it is.
    /// </summary>
    private bool TryYield(out int index, out VrrpEvent happened)
    {
        var resigns = Array.Exists(_members, member => member is { State: VrrpState.Backup, Reason: TransitionReason.AddressLost });
        happened = resigns ? VrrpEvent.GroupResigned : VrrpEvent.GroupYielded;
        index = Array.FindIndex(_members, member => member.State == VrrpState.Master);
        return index >= 0 && Array.Exists(_members, member => member is { State: VrrpState.Backup, IsUndecided: false });
    }

    private int Count(VrrpState state)
    {
        var count = 0;
        foreach (var member in _members)
        {
            if (member.State == state) count++;
        }

        return count;
    }
}
