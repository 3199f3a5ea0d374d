namespace Director.Vrrp.Ports;

/// <summary>Room for a batch of received datagrams. Made once and reused; one thread.</summary>
public sealed class ReceivedDatagrams
{
    // Pinned, so that the kernel may write into it while the collector runs.
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(VrrpLimits.ReceiveBatch * VrrpLimits.DatagramSize, pinned: true);
    private readonly int[] _lengths = new int[VrrpLimits.ReceiveBatch];
    private readonly int[] _links = new int[VrrpLimits.ReceiveBatch];
    private readonly bool[] _fragmented = new bool[VrrpLimits.ReceiveBatch];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no more fit.</summary>
    public bool IsFull => Count == VrrpLimits.ReceiveBatch;

    /// <summary>Room for the next datagram, unless <see cref="IsFull"/>.</summary>
    public Span<byte> Free => _bytes.AsSpan(Count * VrrpLimits.DatagramSize, VrrpLimits.DatagramSize);

    /// <summary>The datagram at <paramref name="index"/>, from its IP header on.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(index * VrrpLimits.DatagramSize, _lengths[index]);

    /// <summary>The interface that the datagram at <paramref name="index"/> came in by.</summary>
    public int LinkOf(int index) => _links[index];

    /// <summary>Whether the datagram at <paramref name="index"/> came in fragments that the kernel has put together.</summary>
    public bool WasFragmented(int index) => _fragmented[index];

    /// <summary>
    /// Says that <paramref name="length"/> bytes from an interface were written to <see cref="Free"/>, and whether they came in fragments.
    /// </summary>
    public void Append(int link, int length, bool wasFragmented = false)
    {
        _links[Count] = link;
        _fragmented[Count] = wasFragmented;
        _lengths[Count] = Math.Clamp(length, 0, VrrpLimits.DatagramSize);
        Count++;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
