namespace Director.Bfd;

/// <summary>The bounds of the BFD engine.</summary>
public static class BfdLimits
{
    /// <summary>Sessions that one process runs.</summary>
    public const int Sessions = 256;

    /// <summary>Bytes kept of a received datagram: more than a control packet with the longest authentication section has.</summary>
    public const int DatagramSize = 128;

    /// <summary>Datagrams taken from the sockets at a time; packets that are due go out between two batches.</summary>
    public const int ReceiveBatch = 64;

    /// <summary>
    /// Datagrams read before a detection time is believed although more keep coming: more than the sockets' queues hold, so whatever had
    /// arrived when the timer ran out has then been heard.
    /// </summary>
    public const int DrainedDatagrams = 2048;

    /// <summary>Characters of a session's name.</summary>
    public const int NameLength = 64;

    /// <summary>The shortest interval that a session can ask for.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest interval that a packet can carry, in whole milliseconds.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(uint.MaxValue / 1000);

    /// <summary>The shortest transmit interval of a session that is not up (RFC 5880 §6.8.3).</summary>
    public static readonly TimeSpan ShortestIdleInterval = TimeSpan.FromSeconds(1);
}
