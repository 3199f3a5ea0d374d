namespace Director.Datapath.Scheduling;

/// <summary>The active connections for the weight of every server that has one, overloaded or not: who has few (lblc, lblcr).</summary>
internal readonly struct ActiveForWeight : ILoadRule
{
    public Load Of(in PooledServer server) => server.Weight > 0 ? new(server.State.ActiveConnections, server.Weight) : Load.None;
}
