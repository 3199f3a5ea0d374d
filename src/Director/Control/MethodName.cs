using Director.Config;

namespace Director.Control;

/// <summary>Forwarding methods as keepalived.conf(5) writes them.</summary>
internal static class MethodName
{
    /// <summary>The word for it: <c>NAT</c>, <c>DR</c> or <c>TUN</c>.</summary>
    public static string Of(ForwardingMethodConfig method) => method switch
    {
        ForwardingMethodConfig.Nat => "NAT",
        ForwardingMethodConfig.Tunnel => "TUN",
        _ => "DR",
    };
}
