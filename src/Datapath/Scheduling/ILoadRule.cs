namespace Director.Datapath.Scheduling;

/// <summary>What a scheduler takes as a server's load. A struct, so that the search over the servers is compiled for each rule.</summary>
internal interface ILoadRule
{
    /// <summary>The load of <paramref name="server"/> at this moment; <see cref="Load.None"/> if it may not be picked.</summary>
    Load Of(in PooledServer server);
}
