namespace Director.Vrrp;

/// <summary>
/// What an instance asks for in the receive buffer that it shares with the others of its interface, family and group
/// (keepalived.conf(5), <c>kernel_rx_buf_size</c>, <c>vrrp_rx_bufs_policy</c>). The link's choice if both are 0.
/// </summary>
/// <param name="Bytes">So many bytes.</param>
/// <param name="Mtus">And as many times the interface's MTU as it is when the socket is opened.</param>
public readonly record struct ReceiveBufferPolicy(int Bytes, int Mtus = 0)
{
    /// <summary>All of it, in bytes.</summary>
    public int BytesAt(int mtu) => (int)Math.Min(Bytes + ((long)Mtus * mtu), int.MaxValue / 2);
}
