namespace Director.Datapath;

/// <summary>How packets are brought to a real server (ipvsadm(8), packet-forwarding-method).</summary>
public enum ForwardingMethod
{
    /// <summary>As they are, to the server's MAC address: the server is on the link and has the VIP.</summary>
    DirectRouting,

    /// <summary>Inside another IP packet to the server's address, by any route: the server unpacks them and has the VIP.</summary>
    Tunnel,

    /// <summary>With the server's address and port for the VIP's; its answers come back through here and get the VIP's again.</summary>
    Masquerading,
}
