namespace Director.Datapath.Scheduling;

/// <summary>Where a server tells that its counts have changed.</summary>
internal sealed class ServerMark(ChangedServers servers, int index)
{
    /// <summary>They have; see <see cref="ChangedServers.Mark"/>.</summary>
    public void Set() => servers.Mark(index);

    /// <summary>The server tells it elsewhere from now on.</summary>
    public void Abandon() => servers.Abandon();
}
