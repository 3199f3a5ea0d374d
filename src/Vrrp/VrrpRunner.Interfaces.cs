namespace Director.Vrrp;

/// <content>What a router needs of its interface beside addresses, from its start to its end.</content>
public sealed partial class VrrpRunner
{
    private void Adopt(RunningRouter running)
    {
        if (running.Router.Settings.PromotesSecondaries) Promote(running, promotes: true);
        _announcer.Add(running.Announcements);
    }

    private void Retire(RunningRouter running)
    {
        running.Announcements.Cancel();
        _announcer.Remove(running.Announcements);
        if (running.Vmac is { } vmac) _link.CloseVmac(vmac);
        if (running.Router.Settings.PromotesSecondaries) Promote(running, promotes: false);
    }

    /// <summary>An interface for a virtual MAC address promotes always.</summary>
    private void Promote(RunningRouter running, bool promotes)
    {
        if (running.Vmac is null) _link.PromoteSecondaries(running.Base, promotes);
    }
}
