namespace Director.Config.Binder;

/// <summary>The keywords that decide elections, of <c>vrrp_instance</c> and of <c>global_defs</c>.</summary>
internal static class ElectionKeywords
{
    private static readonly Argument<int> Adverts = Take.Integer(1, 100);

    /// <summary>Of <c>vrrp_instance</c>.</summary>
    public static IEnumerable<Keyword<VrrpInstanceDraft>> OfInstance =>
    [
        .. Shared<VrrpInstanceDraft>(instance => instance.Election, ""),
        Rows<VrrpInstanceDraft>.Switch("strict_mode", (instance, on) => instance.Election.IsStrict = on),
        Rows<VrrpInstanceDraft>.Flag("dont_track_primary", instance => instance.Election.IgnoresOwnInterface = true),
        PausedYieldsTo("timer_expired_backup"),
        PausedYieldsTo("thread_timer_expired"),
    ];

    /// <summary>Of <c>global_defs</c>.</summary>
    public static IEnumerable<Keyword<GlobalDraft>> OfGlobals =>
    [
        .. Shared<GlobalDraft>(globals => globals.Election, "vrrp_"),
        Rows<GlobalDraft>.Switch("vrrp_strict", (globals, on) => globals.Election.IsStrict = on),
        Rows<GlobalDraft>.Value("vrrp_startup_delay", Take.Seconds(TimeSpan.Zero),
            (globals, delay) => globals.Election.StartupDelay = delay),
        Rows<GlobalDraft>.Value("vrrp_delay_after_boot", Take.Seconds(TimeSpan.Zero),
            (globals, delay) => globals.Election.DelayAfterBoot = delay),
        .. Rows<GlobalDraft>.NotUsed("VRRP has real-time priority from the start, where that is allowed; vrrp_rt_priority says which",
            "max_auto_priority", "min_auto_priority_delay"),
    ];

    private static IEnumerable<Keyword<T>> Shared<T>(Func<T, ElectionDraft> election, string prefix) =>
    [
        Rows<T>.Read(prefix + "down_timer_adverts", Adverts, (draft, adverts, reader) =>
            (election(draft).DownTimerAdverts, election(draft).DownTimerAdvertsWord) = (adverts, reader.Last)),
        Rows<T>.Switch(prefix + "lower_prio_no_advert", (draft, on) => election(draft).LeavesLowerUnanswered = on),
        Rows<T>.Switch(prefix + "higher_prio_send_advert", (draft, on) => election(draft).AnswersHigher = on),
        Rows<T>.Switch(prefix + "owner_ignore_adverts", (draft, on) => election(draft).OwnerIgnoresAdverts = on),
    ];

    private static Keyword<VrrpInstanceDraft> PausedYieldsTo(string name) =>
        Rows<VrrpInstanceDraft>.OptionalRead(name, Take.Integer(1, 254), 254, (instance, priority, reader) =>
            (instance.Election.PausedYieldsTo, instance.Election.PausedYieldsToWord) = ((byte)priority, reader.Statement.Keyword));
}
