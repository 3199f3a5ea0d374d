namespace Director.Config.Binder;

/// <summary>The keywords that kinds of checks have in common.</summary>
internal static class CheckKeywords
{
    /// <summary>Those of every check that is tried.</summary>
    public static IEnumerable<Keyword<T>> OfLaunched<T>() where T : CheckDraft =>
    [
        .. CheckDefaultsKeywords.Launched<T>(check => check.Settings, fewestRetries: 0),
        Alpha<T>(),
        Rows<T>.Switch("log_all_failures", (check, logs) => check.Settings.LogsAllFailures = logs),
    ];

    /// <summary>Those of every check that connects, <see cref="OfLaunched"/> included.</summary>
    /// <param name="hasPorts">Whether its kind has ports.</param>
    public static IEnumerable<Keyword<T>> OfConnecting<T>(bool hasPorts = true) where T : ConnectingCheckDraft =>
    [
        Rows<T>.Value("connect_ip", Take.Address, (check, address) => check.ConnectAddress = address),
        Rows<T>.Read("bindto", Take.Address, (check, address, reader) =>
        {
            check.BindTo = address;
            check.BindToWord = reader.Last;
        }, alias: "bind_to"),
        Rows<T>.Value("bind_if", Take.Interface, (check, name) => check.BindInterface = name),
        Rows<T>.Value("fwmark", Take.Integer(0), (check, mark) => check.FirewallMark = mark),
        .. hasPorts ? OfPorts<T>() : [],
        CheckDefaultsKeywords.ConnectTimeout<T>(check => check.Settings),
        .. OfLaunched<T>(),
    ];

    /// <summary><c>alpha</c>, which checks that are told have too.</summary>
    public static Keyword<T> Alpha<T>() where T : CheckDraft =>
        Rows<T>.Switch("alpha", (check, alpha) => check.Settings.Alpha = alpha);

    private static IEnumerable<Keyword<T>> OfPorts<T>() where T : ConnectingCheckDraft =>
    [
        Rows<T>.Value("connect_port", Take.Port, (check, port) => check.ConnectPort = port),
        Rows<T>.Value("bind_port", Take.Port, (check, port) => check.BindPort = port),
    ];
}
