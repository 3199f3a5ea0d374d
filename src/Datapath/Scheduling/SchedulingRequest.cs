using Director.Net;

namespace Director.Datapath.Scheduling;

/// <summary>What a scheduler may know about the packet that wants a server.</summary>
/// <param name="Client">The packet's source.</param>
/// <param name="Virtual">Its destination.</param>
/// <param name="Now">The present.</param>
public readonly record struct SchedulingRequest(Endpoint Client, Endpoint Virtual, MonoTime Now);
