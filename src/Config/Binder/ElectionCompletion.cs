using Director.Config.Text;
using Director.Net.Wire;

namespace Director.Config.Binder;

/// <summary>
/// The election settings of an instance: its own, then those of <c>global_defs</c>, then keepalived's; in strict mode what that forbids is
/// taken back, and said.
/// </summary>
internal sealed class ElectionCompletion(ElectionDraft globals, DiagnosticSink diagnostics)
{
    private const int DefaultAdverts = 3;

    /// <summary>Whether an instance is strict.</summary>
    public bool IsStrict(VrrpInstanceDraft instance) => instance.Election.IsStrict ?? globals.IsStrict ?? false;

    /// <summary>What decides elections; <paramref name="preempt"/> is whether it preempts.</summary>
    public ElectionConfig Complete(VrrpInstanceDraft instance, bool preempt)
    {
        var own = instance.Election;
        var isStrict = IsStrict(instance);
        if (own is { PausedYieldsTo: not null, PausedYieldsToWord: { } word } && preempt)
            diagnostics.Warning(DiagnosticCode.Conflict, word, $"'{word.Text}' has no effect without nopreempt");
        return new()
        {
            IsStrict = isStrict,
            DownTimerAdverts = Adverts(own, isStrict),
            LeavesLowerUnanswered = isStrict || (own.LeavesLowerUnanswered ?? globals.LeavesLowerUnanswered ?? false),
            AnswersHigher = !isStrict && (own.AnswersHigher ?? globals.AnswersHigher ?? false),
            OwnerIgnoresAdverts = own.OwnerIgnoresAdverts ?? globals.OwnerIgnoresAdverts ?? false,
            PausedYieldsTo = preempt ? null : own.PausedYieldsTo,
            StartupDelay = globals.StartupDelay,
            DelayAfterBoot = globals.DelayAfterBoot,
            IgnoresOwnInterface = own.IgnoresOwnInterface,
        };
    }

    /// <summary>In strict mode the owner of the addresses is the master (RFC 9568 §6.4.1), and nobody else begins as one.</summary>
    public VrrpInitialState State(VrrpInstanceDraft instance, VrrpInitialState state, byte priority)
    {
        var expected = priority == VrrpPriority.Owner ? VrrpInitialState.Master : VrrpInitialState.Backup;
        if (!IsStrict(instance) || state == expected) return state;
        diagnostics.Warning(DiagnosticCode.StrictConflict, instance.Header.Words[1], priority == VrrpPriority.Owner
            ? "in strict mode priority 255 goes with state MASTER, which is used"
            : "in strict mode state MASTER goes with priority 255 only: state BACKUP is used");
        return expected;
    }

    /// <summary>
    /// Whether strict mode forbids what <paramref name="keyword"/> asks for at <paramref name="word"/>; says so if it does.
    /// </summary>
    public bool Forbids(VrrpInstanceDraft instance, string keyword, Word word)
    {
        if (!IsStrict(instance)) return false;
        diagnostics.Warning(DiagnosticCode.StrictConflict, word, $"'{keyword}' has no effect in strict mode",
            "remove vrrp_strict or strict_mode, or this");
        return true;
    }

    private int Adverts(ElectionDraft own, bool isStrict)
    {
        var adverts = own.DownTimerAdverts ?? globals.DownTimerAdverts ?? DefaultAdverts;
        if (!isStrict || adverts == DefaultAdverts) return adverts;
        diagnostics.Warning(DiagnosticCode.StrictConflict, (own.DownTimerAdvertsWord ?? globals.DownTimerAdvertsWord)!,
            $"in strict mode a master counts as gone after {DefaultAdverts} adverts");
        return DefaultAdverts;
    }
}
