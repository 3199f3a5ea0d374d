using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>
/// <c>lvs_timeouts [tcp N] [tcpfin N] [udp N]</c>; several lines add up. 0 leaves one as it is (keepalived/check/libipvs.c,
/// <c>ipvs_set_timeout</c>).
/// </summary>
internal sealed class LvsTimeoutsKeyword() : Keyword<GlobalDraft>("lvs_timeouts")
{
    private static readonly Argument<Func<TimeSpan?, LvsTimeoutsConfig>> Timers = Take.OneOf<Func<TimeSpan?, LvsTimeoutsConfig>>(
        ("tcp", span => new(Tcp: span)), ("tcpfin", span => new(TcpFin: span)), ("udp", span => new(Udp: span)));

    // 31 days: keepalived/include/global_data.h, LVS_MAX_TIMEOUT.
    private static readonly Argument<TimeSpan> Seconds = Take.WholeSeconds(0, 2678400);

    public override string Arguments => $"any of tcp, tcpfin and udp, each followed by {Seconds.Expected}";

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => Timers.TryParse(text, out _, out _);

    public override void Bind(Statement statement, GlobalDraft draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        do
        {
            if (!reader.TryTake(Timers, out var timer) || !reader.TryTake(Seconds, out var span)) return;
            if (span > TimeSpan.Zero) draft.LvsTimeouts = timer(span).Over(draft.LvsTimeouts);
        }
        while (!reader.IsAtEnd);
    }
}
