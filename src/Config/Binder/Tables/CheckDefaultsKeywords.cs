namespace Director.Config.Binder;

/// <summary>The keywords of checks that virtual servers, real servers and checks share.</summary>
internal static class CheckDefaultsKeywords
{
    /// <summary>
    /// The rows for a block whose draft has such settings. <paramref name="fewestRetries"/> is 1 except in the checks themselves.
    /// </summary>
    public static IEnumerable<Keyword<T>> Of<T>(Func<T, CheckDefaultsDraft> settings, int fewestRetries) =>
        [ConnectTimeout(settings), .. Launched(settings, fewestRetries)];

    /// <summary>Those of every check that is tried.</summary>
    public static IEnumerable<Keyword<T>> Launched<T>(Func<T, CheckDefaultsDraft> settings, int fewestRetries) =>
    [
        Rows<T>.Value("delay_loop", Take.Seconds(SecondsArgument.Shortest), (draft, delay) => settings(draft).DelayLoop = delay),
        Rows<T>.Value("retry", Take.Integer(fewestRetries), (draft, retries) => settings(draft).Retries = retries, alias: "nb_get_retry"),
        Rows<T>.Value("delay_before_retry", Take.Seconds(TimeSpan.Zero), (draft, delay) => settings(draft).DelayBeforeRetry = delay),
        // Not keepalived's: it warns of it and goes on without.
        Rows<T>.Value("rise", Take.Integer(1, 1000), (draft, rise) => settings(draft).Rise = rise),
        Rows<T>.Value("warmup", Take.Seconds(TimeSpan.Zero), (draft, warmup) => settings(draft).Warmup = warmup),
    ];

    /// <summary>That of checks that connect.</summary>
    public static Keyword<T> ConnectTimeout<T>(Func<T, CheckDefaultsDraft> settings) =>
        Rows<T>.Value("connect_timeout", Take.Seconds(SecondsArgument.Shortest),
            (draft, timeout) => settings(draft).ConnectTimeout = timeout);
}
