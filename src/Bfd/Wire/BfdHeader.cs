using System.Buffers.Binary;

namespace Director.Bfd.Wire;

/// <summary>
/// A view of the mandatory section of a control packet, what follows the UDP header (RFC 5880 §4.1).
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |   0
/// |                       My Discriminator                        |   4
/// |                      Your Discriminator                       |   8
/// |                    Desired Min TX Interval                    |  12   microseconds
/// |                   Required Min RX Interval                    |  16   microseconds
/// |                 Required Min Echo RX Interval                 |  20   microseconds
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws. An authentication section may follow.
/// </summary>
public readonly ref struct BfdHeader
{
    /// <summary>Bytes of the section.</summary>
    public const int Size = 24;

    /// <summary>The only version that is spoken.</summary>
    public const byte Version1 = 1;

    /// <summary>Bytes of the shortest packet with an authentication section.</summary>
    public const int SmallestAuthenticatedSize = Size + 2;

    private readonly ReadOnlySpan<byte> _packet;

    private BfdHeader(ReadOnlySpan<byte> packet) => _packet = packet;

    /// <summary>The version.</summary>
    public byte Version => (byte)(_packet[0] >> 5);

    /// <summary>Why the sender's session left Up last; may be a value the enumeration does not name.</summary>
    public BfdDiagnostic Diagnostic => (BfdDiagnostic)(_packet[0] & 0x1f);

    /// <summary>The sender's state.</summary>
    public BfdState State => (BfdState)(_packet[1] >> 6);

    /// <summary>P: the sender asks for a packet with <see cref="IsFinal"/>.</summary>
    public bool IsPoll => (_packet[1] & 0x20) != 0;

    /// <summary>F: the answer to <see cref="IsPoll"/>.</summary>
    public bool IsFinal => (_packet[1] & 0x10) != 0;

    /// <summary>C: the sender's BFD does not share fate with its control plane.</summary>
    public bool IsControlPlaneIndependent => (_packet[1] & 0x08) != 0;

    /// <summary>A: an authentication section follows.</summary>
    public bool IsAuthenticated => (_packet[1] & 0x04) != 0;

    /// <summary>D: the sender does not want to be sent packets periodically once both are Up.</summary>
    public bool IsDemand => (_packet[1] & 0x02) != 0;

    /// <summary>M: reserved, must be zero.</summary>
    public bool IsMultipoint => (_packet[1] & 0x01) != 0;

    /// <summary>How many intervals the sender's packets may be missed.</summary>
    public byte DetectMultiplier => _packet[2];

    /// <summary>The packet's length as it says itself, bytes.</summary>
    public byte Length => _packet[3];

    /// <summary>The sender's number of the session.</summary>
    public uint MyDiscriminator => Word(4);

    /// <summary>The receiver's number of the session; 0 if the sender does not know it.</summary>
    public uint YourDiscriminator => Word(8);

    /// <summary>The interval at which the sender would like to send, microseconds.</summary>
    public uint DesiredMinTxMicroseconds => Word(12);

    /// <summary>The shortest interval at which the sender can receive, microseconds; 0 to be sent nothing periodically.</summary>
    public uint RequiredMinRxMicroseconds => Word(16);

    /// <summary>The same for echo packets; 0 for none.</summary>
    public uint RequiredMinEchoRxMicroseconds => Word(20);

    /// <summary>Whether the section is all there, and the view of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out BfdHeader header)
    {
        header = default;
        if (packet.Length < Size) return false;
        header = new(packet[..Size]);
        return true;
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_packet[offset..]);
}
