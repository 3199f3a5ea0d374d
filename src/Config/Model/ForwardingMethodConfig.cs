namespace Director.Config;

/// <summary><c>lb_kind</c>, <c>lvs_method</c>.</summary>
public enum ForwardingMethodConfig
{
    /// <summary><c>NAT</c>, the default: with the server's address and port for the VIP's, and back.</summary>
    Nat,

    /// <summary><c>DR</c>: as it is, to the server's MAC address.</summary>
    DirectRouting,

    /// <summary><c>TUN</c>: IP in IP.</summary>
    Tunnel,
}
