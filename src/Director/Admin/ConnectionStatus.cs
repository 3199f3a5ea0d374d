namespace Director.Admin;

/// <summary>One connection or persistence template, as <c>GET /connections</c> lists it.</summary>
/// <param name="Protocol"><c>TCP</c> or <c>UDP</c>.</param>
/// <param name="Client">Its address and port, <c>192.0.2.9:40000</c>; of a template the masked address and port 0.</param>
/// <param name="Virtual">VIP and port.</param>
/// <param name="Server">The real server's address and port.</param>
/// <param name="State">By the kernel's name, such as <c>ESTABLISHED</c>; of a template <c>ASSURED</c> or <c>NONE</c>.</param>
/// <param name="ExpiresSeconds">Whole seconds that it lasts if no packet comes.</param>
/// <param name="Template">Whether it is a template.</param>
/// <param name="Offloaded">Whether the XDP program forwards it.</param>
internal sealed record ConnectionStatus(
    string Protocol, string Client, string Virtual, string Server, string State, long ExpiresSeconds, bool Template,
    bool Offloaded = false);
