namespace Director.Linux.Xdp;

/// <summary>Who has a frame: nobody, the worker's batch, or the kernel by one socket's receive or transmit side.</summary>
internal readonly record struct FrameOwner
{
    private const int FirstSocket = 2;

    private FrameOwner(int value) => Value = checked((byte)value);

    /// <summary>On the free list.</summary>
    public static FrameOwner Nobody => default;

    /// <summary>In the batch, from Receive to Commit.</summary>
    public static FrameOwner Batch => new(1);

    /// <summary>The number that the table holds.</summary>
    public byte Value { get; }

    /// <summary>In the fill ring, the driver or the RX ring of socket <paramref name="number"/>.</summary>
    public static FrameOwner Receive(int number) => new(FirstSocket + 2 * number);

    /// <summary>In the TX ring, the driver or the completion ring of socket <paramref name="number"/>.</summary>
    public static FrameOwner Transmit(int number) => new(FirstSocket + 2 * number + 1);
}
