namespace Director.Vrrp;

/// <content>Routers that come and go, and what each needs of the host from its start to its end, whoever is master.</content>
public sealed partial class VrrpRunner
{
    private readonly HashSet<int> _dropping = [];

    /// <summary>Before anybody is master of the addresses; while nobody here is, nothing for them is the host's anyway.</summary>
    private void SetAccepting()
    {
        var wanted = _routers.Where(running => running.Router.Settings.IsNoAccept).ToLookup(running => running.Base);
        foreach (var link in _dropping.Where(link => !wanted.Contains(link)).ToList())
        {
            _link.DropFor(link, []);
            _dropping.Remove(link);
        }

        foreach (var routers in wanted)
        {
            _link.DropFor(routers.Key, routers.SelectMany(running => running.Addresses).Select(held => held.Address.Address).ToHashSet());
            _dropping.Add(routers.Key);
        }
    }

    private void Adopt(RunningRouter running)
    {
        if (running.Router.Settings.PromotesSecondaries) Promote(running, promotes: true);
        _announcer.Add(running.Announcements);
    }

    private void Retire(RunningRouter running)
    {
        running.Announcements.Cancel();
        _announcer.Remove(running.Announcements);
        foreach (var vmac in running.Vmacs) _link.CloseVmac(vmac.Link);
        if (running.Router.Settings.PromotesSecondaries) Promote(running, promotes: false);
    }

    /// <summary>An interface for a virtual MAC address promotes always.</summary>
    private void Promote(RunningRouter running, bool promotes)
    {
        if (running.Vmac is null) _link.PromoteSecondaries(running.Base, promotes);
    }
}
