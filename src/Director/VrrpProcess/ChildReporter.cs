using Director.Linux.Vrrp;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.VrrpProcess;

/// <summary>
/// Tells the main process what virtual routers do. States always arrive, if late; lines are rationed, and lost if the main process does
/// not read them. One thread; a held-back line allocates nothing.
/// </summary>
internal sealed class ChildReporter : IVrrpObserver
{
    private const int LinkBurst = 20;
    private const int UnknownBurst = 5;
    private readonly ControlSocket _control;
    private readonly IMonoClock _clock;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(ControlLimits.MessageSize);
    private readonly Dictionary<string, LineGate[]> _gates = [];
    private readonly Dictionary<string, VrrpStateReport> _unsent = [];
    private readonly Dictionary<string, VrrpGroupReport> _unsentGroups = [];
    private LineGate _linkGate = new(LinkBurst);
    private LineGate _unknownGate = new(UnknownBurst);

    /// <summary>A reporter to the other end of <paramref name="control"/>.</summary>
    public ChildReporter(ControlSocket control, IMonoClock clock) => (_control, _clock) = (control, clock);

    private static int NoticeGate => VrrpCounters.RejectionCount;

    private static int FailureGate => NoticeGate + (int)VrrpNotice.SecondOwner + 1;

    private static int RivalGate => FailureGate + (int)LinkFailure.KeepRule + 1;

    private static int ChecksumGate => RivalGate + 1;

    private static int AddressesGate => ChecksumGate + 1;

    private static int GateCount => AddressesGate + 1;

    /// <inheritdoc/>
    public void StateChanged(VrrpRouter router, in VrrpEffect report)
    {
        QueueState(router);
        Line(report.State == VrrpState.Fault || report.Reason == TransitionReason.AddressLost, VrrpLines.Of(router.Settings, report));
    }

    /// <inheritdoc/>
    public void GroupChanged(SyncGroup group)
    {
        _unsentGroups[group.Settings.Name] = new(group.Settings.Name, group.State);
        SendStates();
        Line(group.State == VrrpState.Fault, VrrpLines.Of(group));
    }

    /// <inheritdoc/>
    public void Noticed(VrrpRouter router, in VrrpEffect notice)
    {
        if (notice.Notice == VrrpNotice.PriorityChanged) QueueState(router);
        else if (notice.Notice == VrrpNotice.ForcingElection)
            _control.TrySend(ControlCodec.WriteNotice(_buffer, new(router.Settings.Name, notice.Notice, router.EffectivePriority)));
        if (MayPass(router, NoticeGate + (int)notice.Notice, out var held))
            Line(VrrpLines.IsWarning(notice.Notice), VrrpLines.Of(router.Settings, router.EffectivePriority, notice) + More(held));
    }

    /// <inheritdoc/>
    public void Rejected(VrrpRouter router, AdvertisementRejection reason, IpAddress128 source)
    {
        if (MayPass(router, (int)reason, out var held)) Line(true, VrrpLines.Of(router.Settings, reason, source) + More(held));
    }

    /// <inheritdoc/>
    public void Failed(VrrpRouter router, LinkFailure failure, IpAddress128 address)
    {
        if (MayPass(router, FailureGate + (int)failure, out var held))
            Line(true, VrrpLines.Of(router.Settings, failure, address) + More(held));
    }

    /// <inheritdoc/>
    public void HeardRival(VrrpRouter router, in RivalMaster rival)
    {
        if (MayPass(router, RivalGate, out var held)) Line(true, VrrpLines.Of(router.Settings, rival) + More(held));
    }

    /// <inheritdoc/>
    public void HeardOtherChecksum(VrrpRouter router, ChecksumForm form, IpAddress128 source)
    {
        if (MayPass(router, ChecksumGate, out var held)) Line(false, VrrpLines.Of(router.Settings, form, source) + More(held));
    }

    /// <inheritdoc/>
    public void HeardOtherAddresses(VrrpRouter router, IpAddress128 source)
    {
        if (MayPass(router, AddressesGate, out var held)) Line(true, VrrpLines.OfOtherAddresses(router.Settings, source) + More(held));
    }

    /// <inheritdoc/>
    public void HeardUnknown(byte virtualRouterId, IpAddress128 source)
    {
        if (_unknownGate.TryPass(_clock.Now, out var held)) Line(false, VrrpLines.OfUnknown(virtualRouterId, source) + More(held));
    }

    /// <summary>What the kernel refused, in the link's words.</summary>
    public void LinkProblem(string text)
    {
        if (_linkGate.TryPass(_clock.Now, out var held)) Line(true, text + More(held));
    }

    /// <summary>A line about the process itself.</summary>
    public void Line(bool isWarning, string text) => _control.TrySend(ControlCodec.WriteLine(_buffer, isWarning, text));

    /// <summary>All counters.</summary>
    public void Counters(VrrpRunner runner)
    {
        runner.CollectCounters();
        foreach (var router in runner.Routers)
            _control.TrySend(ControlCodec.WriteCounters(_buffer, router.Settings.Name, router.Counters, runner.RivalOf(router)));
        _control.TrySend(ControlCodec.WriteCounters(_buffer, "", runner.Unclaimed, null));
    }

    /// <summary>Tries again what the main process had no room for.</summary>
    public void SendStates()
    {
        foreach (var (instance, state) in _unsent)
        {
            if (!_control.TrySend(ControlCodec.WriteState(_buffer, state))) return;
            _unsent.Remove(instance);
        }

        foreach (var (group, state) in _unsentGroups)
        {
            if (!_control.TrySend(ControlCodec.WriteGroupState(_buffer, state))) return;
            _unsentGroups.Remove(group);
        }
    }

    /// <summary>In order, so that what is said last is what holds.</summary>
    private void QueueState(VrrpRouter router)
    {
        _unsent[router.Settings.Name] = new(router.Settings.Name, router.State, router.Reason, router.Faults, router.EffectivePriority);
        SendStates();
    }

    private static string More(int held) => held == 0 ? "" : $" (and {held} more like it)";

    private bool MayPass(VrrpRouter router, int kind, out int held)
    {
        if (!_gates.TryGetValue(router.Settings.Name, out var gates))
        {
            _gates[router.Settings.Name] = gates = new LineGate[GateCount];
            Array.Fill(gates, new(1));
        }

        return gates[kind].TryPass(_clock.Now, out held);
    }
}
