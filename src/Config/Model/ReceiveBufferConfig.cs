namespace Director.Config;

/// <summary>
/// <c>kernel_rx_buf_size</c>, <c>vrrp_rx_bufs_policy</c>: what an instance adds to the receive buffer of its socket.
/// </summary>
/// <param name="Unit">In what it is counted.</param>
/// <param name="Count">How many of them; 0 for the director's choice.</param>
public sealed record ReceiveBufferConfig(ReceiveBufferUnit Unit, int Count)
{
    /// <summary>The director's choice.</summary>
    public static ReceiveBufferConfig Default { get; } = new(ReceiveBufferUnit.Bytes, 0);
}
