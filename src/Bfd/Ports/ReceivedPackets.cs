namespace Director.Bfd.Ports;

/// <summary>A batch of received packets, each with where it came from. Made once and reused; no allocation.</summary>
public sealed class ReceivedPackets
{
    private readonly byte[] _bytes = new byte[BfdLimits.ReceiveBatch * BfdLimits.DatagramSize];
    private readonly int[] _lengths = new int[BfdLimits.ReceiveBatch];
    private readonly PacketOrigin[] _origins = new PacketOrigin[BfdLimits.ReceiveBatch];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no more fit.</summary>
    public bool IsFull => Count == BfdLimits.ReceiveBatch;

    /// <summary>Room for the next packet, unless <see cref="IsFull"/>.</summary>
    public Span<byte> Free => _bytes.AsSpan(Count * BfdLimits.DatagramSize, BfdLimits.DatagramSize);

    /// <summary>The packet at <paramref name="index"/>, what followed its UDP header.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(index * BfdLimits.DatagramSize, _lengths[index]);

    /// <summary>Where the packet at <paramref name="index"/> came from.</summary>
    public ref readonly PacketOrigin OriginOf(int index) => ref _origins[index];

    /// <summary>Says that <paramref name="length"/> bytes were written to <see cref="Free"/>.</summary>
    public void Append(int length, in PacketOrigin origin)
    {
        _lengths[Count] = Math.Clamp(length, 0, BfdLimits.DatagramSize);
        _origins[Count] = origin;
        Count++;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
