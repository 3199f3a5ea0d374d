using Director.Control;

namespace Director.Reloading.Parts;

/// <summary>
/// The VRRP process. The last that can refuse: what it is told it does, and VIPs are announced when everything behind them serves.
/// </summary>
internal sealed class VrrpPart(IVrrpReload vrrp) : IReloadPart
{
    /// <inheritdoc/>
    public string Name => "VRRP process";

    /// <inheritdoc/>
    public ReloadStage Begin(ReloadContext reload)
    {
        if (!vrrp.Reload(VrrpPlan.From(reload.After), reload.Placement.StaticVips))
            throw new TimeoutException("it does not take its settings, and is started again with those before");
        return ReloadStage.None;
    }
}
