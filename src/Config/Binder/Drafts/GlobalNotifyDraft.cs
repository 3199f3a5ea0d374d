namespace Director.Config.Binder;

/// <summary>What <c>global_defs</c> says of mail, scripts and FIFOs; null is what was not written.</summary>
internal sealed class GlobalNotifyDraft
{
    public MailConfig Mail { get; set; } = new();

    public bool? SmtpAlert { get; set; }

    public bool? SmtpAlertVrrp { get; set; }

    public bool? PriorityChanges { get; set; }

    public ScriptPolicyConfig Scripts { get; set; } = new();

    public HostScriptDraft Startup { get; } = new();

    public HostScriptDraft Shutdown { get; } = new();

    /// <summary><c>notify_fifo</c>.</summary>
    public NotifyFifoDraft Fifo { get; } = new();

    /// <summary><c>vrrp_notify_fifo</c>.</summary>
    public NotifyFifoDraft VrrpFifo { get; } = new();

    public bool TellsOnReload { get; set; }

    /// <summary>The pipes that are written into, each path once.</summary>
    public IReadOnlyList<NotifyFifoConfig> Fifos =>
        [.. new[] { Fifo.Complete(), VrrpFifo.Complete() }.OfType<NotifyFifoConfig>().DistinctBy(fifo => fifo.Path)];
}
