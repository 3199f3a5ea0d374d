using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>The election settings of an instance or, as its defaults, of <c>global_defs</c>; null is what was not written.</summary>
internal sealed class ElectionDraft
{
    public bool? IsStrict { get; set; }

    public int? DownTimerAdverts { get; set; }

    public Word? DownTimerAdvertsWord { get; set; }

    public bool? LeavesLowerUnanswered { get; set; }

    public bool? AnswersHigher { get; set; }

    public bool? OwnerIgnoresAdverts { get; set; }

    public byte? PausedYieldsTo { get; set; }

    public Word? PausedYieldsToWord { get; set; }

    public TimeSpan StartupDelay { get; set; }

    public TimeSpan DelayAfterBoot { get; set; }

    public bool IgnoresOwnInterface { get; set; }
}
