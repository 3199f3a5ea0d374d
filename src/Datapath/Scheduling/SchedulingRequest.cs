using Director.Net;

namespace Director.Datapath.Scheduling;

/// <summary>What a scheduler may know about the packet that wants a server.</summary>
/// <param name="Protocol">Its protocol.</param>
/// <param name="Client">
/// Its source, of which a client's network, where persistence has one, is no part: schedulers hash the client itself. Of a packet that
/// an ICMP error embeds, the end that is the client's.
/// </param>
/// <param name="Virtual">Its destination.</param>
/// <param name="Now">The present.</param>
public readonly record struct SchedulingRequest(IpProtocol Protocol, Endpoint Client, Endpoint Virtual, MonoTime Now);
