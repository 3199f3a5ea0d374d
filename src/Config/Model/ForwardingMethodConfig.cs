namespace Director.Config;

/// <summary><c>lb_kind</c>, <c>lvs_method</c>.</summary>
public enum ForwardingMethodConfig
{
    /// <summary><c>NAT</c>, keepalived's default; not supported yet.</summary>
    Nat,

    /// <summary><c>DR</c>: as it is, to the server's MAC address.</summary>
    DirectRouting,

    /// <summary><c>TUN</c>: IP in IP.</summary>
    Tunnel,
}
