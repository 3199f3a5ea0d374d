namespace Director.Net;

/// <summary>What makes packets belong together: protocol, the client's endpoint and the virtual one (client to VIP direction).</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Client">Source of the client's packets.</param>
/// <param name="Virtual">Their destination: the VIP and its port.</param>
public readonly record struct FlowKey(IpProtocol Protocol, Endpoint Client, Endpoint Virtual);
