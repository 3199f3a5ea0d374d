namespace Director.Config.Binder;

/// <summary>What <c>global_defs</c> says of mail, scripts and FIFOs; null is what was not written.</summary>
internal sealed class GlobalNotifyDraft
{
    public MailConfig Mail { get; set; } = new();

    public bool? SmtpAlert { get; set; }

    public bool? SmtpAlertVrrp { get; set; }

    public bool? SmtpAlertChecker { get; set; }

    public bool IsSilentAboutChecks { get; set; }

    public bool TellsFirstServers { get; set; }

    public bool? PriorityChanges { get; set; }

    public ScriptPolicyConfig Scripts { get; set; } = new();

    public HostScriptDraft Startup { get; } = new();

    public HostScriptDraft Shutdown { get; } = new();

    /// <summary><c>notify_fifo</c>.</summary>
    public NotifyFifoDraft Fifo { get; } = new();

    /// <summary><c>vrrp_notify_fifo</c>.</summary>
    public NotifyFifoDraft VrrpFifo { get; } = new();

    /// <summary><c>lvs_notify_fifo</c>.</summary>
    public NotifyFifoDraft ServerFifo { get; } = new();

    public bool TellsOnReload { get; set; }

    /// <summary>The pipes that are written into, each path once.</summary>
    public IReadOnlyList<NotifyFifoConfig> Fifos =>
    [
        .. new[] { Fifo.Complete(true, true), VrrpFifo.Complete(true, false), ServerFifo.Complete(false, true) }.OfType<NotifyFifoConfig>()
            .GroupBy(fifo => fifo.Path).Select(same => same.First() with
            {
                TellsVrrp = same.Any(fifo => fifo.TellsVrrp),
                TellsServers = same.Any(fifo => fifo.TellsServers),
            }),
    ];
}
