using Director.Net;

namespace Director.Config.Binder;

/// <summary>Fills in the defaults of the checks of one real server, whatever their kinds, and checks each against itself.</summary>
/// <param name="globals">What all inherit.</param>
/// <param name="service">The virtual server.</param>
/// <param name="server">Its real server, whose checks these are.</param>
/// <param name="diagnostics">Told of mistakes.</param>
internal sealed class CheckCompletion(GlobalDraft globals, VirtualServerDraft service, RealServerDraft server, DiagnosticSink diagnostics)
{
    private static readonly TimeSpan DefaultDelayLoop = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly CheckDefaultsDraft _defaults = server.CheckDefaults.Over(service.CheckDefaults);
    private readonly List<CheckConfig> _completed = [];

    /// <summary>The virtual server, for what a kind of check inherits beyond the common.</summary>
    public VirtualServerDraft Service => service;

    /// <summary>The real server, for the same.</summary>
    public RealServerDraft Server => server;

    public DiagnosticSink Diagnostics => diagnostics;

    /// <summary>The checks completed so far, in order of the file.</summary>
    public IReadOnlyList<CheckConfig> Completed => _completed;

    /// <summary>
    /// The real server as its checks see it. The port as written is checked even where direct routing forwards to another, for keepalived
    /// takes it before it corrects that. Port 0 if there is none.
    /// </summary>
    public Endpoint Written => new(server.Address, (ushort)(server.Port ?? service.Endpoint.Port));

    /// <summary>The <c>delay_loop</c> of the virtual server.</summary>
    public TimeSpan ServiceDelayLoop => service.CheckDefaults.DelayLoop ?? DefaultDelayLoop;

    /// <summary>All checks that can be made.</summary>
    public IReadOnlyList<CheckConfig> Complete()
    {
        foreach (var draft in server.Checks) _completed.AddRange(draft.Complete(this));
        return _completed;
    }

    /// <summary>Whether the check counts as failed until it first passes.</summary>
    public bool IsAlpha(CheckDraft draft) => draft.Settings.Over(_defaults).Alpha ?? false;

    /// <summary>When the check is tried, as it says or inherits, or else as its kind does.</summary>
    public CheckTimingConfig Timing(CheckDraft draft, CheckKindDefaults kind)
    {
        var settings = draft.Settings.Over(_defaults);
        var delayLoop = settings.DelayLoop ?? DefaultDelayLoop;
        return new(settings.Retries ?? kind.Retries, settings.DelayBeforeRetry ?? kind.DelayBeforeRetry ?? delayLoop, delayLoop,
            settings.Warmup ?? delayLoop, settings.Alpha ?? false, settings.LogsAllFailures ?? globals.LogsAllFailures)
        {
            Rise = settings.Rise ?? 1,
        };
    }

    /// <summary>Where the check connects; null if it cannot, which has been said.</summary>
    /// <param name="draft">The check.</param>
    /// <param name="hasPort">Whether its kind connects to a port.</param>
    public ConnectionConfig? Connection(ConnectingCheckDraft draft, bool hasPort = true)
    {
        var port = hasPort ? (ushort)(draft.ConnectPort ?? Written.Port) : (ushort)0;
        var target = new Endpoint(draft.ConnectAddress ?? Written.Address, port);
        if (hasPort && port == 0)
        {
            diagnostics.Error(DiagnosticCode.MissingKeyword, draft.Header.Keyword,
                $"{draft.Header.Keyword.Text} has no port to connect to", "add connect_port");
            return null;
        }

        if (target.Address is { IsV4: false, IsLinkLocal: true } && draft.BindInterface is null)
        {
            // An address that is on every link is nowhere without one (RFC 4007 §6).
            diagnostics.Error(DiagnosticCode.MissingKeyword, draft.Header.Keyword,
                $"{draft.Header.Keyword.Text} of the link-local address {target.Address} needs bind_if; it is ignored");
            return null;
        }

        var bindTo = draft.BindTo;
        if (bindTo is { } source && source.IsV4 != target.Address.IsV4)
        {
            diagnostics.Error(DiagnosticCode.FamilyMismatch, draft.BindToWord!, $"{source} is not of the family of {target.Address}");
            bindTo = null;
        }

        return new(target, draft.Settings.Over(_defaults).ConnectTimeout ?? DefaultConnectTimeout)
        {
            BindTo = bindTo,
            BindPort = (ushort)(draft.BindPort ?? 0),
            BindInterface = draft.BindInterface,
            FirewallMark = (uint)(draft.FirewallMark ?? 0),
        };
    }
}
