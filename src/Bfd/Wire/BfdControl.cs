using System.Buffers.Binary;

namespace Director.Bfd.Wire;

/// <summary>
/// What a control packet of version 1 says (RFC 5880 §4.1); <see cref="BfdHeader"/> has the layout. The bits C, A and M are never set by
/// us, and the echo function is not offered.
/// </summary>
public readonly record struct BfdControl
{
    /// <summary>The sender's state.</summary>
    public required BfdState State { get; init; }

    /// <summary>Why it left Up last.</summary>
    public BfdDiagnostic Diagnostic { get; init; }

    /// <summary>P.</summary>
    public bool IsPoll { get; init; }

    /// <summary>F.</summary>
    public bool IsFinal { get; init; }

    /// <summary>D.</summary>
    public bool IsDemand { get; init; }

    /// <summary>A: an authentication section follows. Read only: we never write one.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>1–255.</summary>
    public required byte DetectMultiplier { get; init; }

    /// <summary>The sender's number of the session, not 0.</summary>
    public required uint MyDiscriminator { get; init; }

    /// <summary>The receiver's number of the session; 0 if it is not known.</summary>
    public uint YourDiscriminator { get; init; }

    /// <summary>Desired Min TX Interval, microseconds.</summary>
    public required uint DesiredMinTxMicroseconds { get; init; }

    /// <summary>Required Min RX Interval, microseconds.</summary>
    public required uint RequiredMinRxMicroseconds { get; init; }

    /// <summary>
    /// Reads a packet by itself: all that RFC 5880 §6.8.6 asks before it looks for the session. What follows the length that the packet
    /// says is not looked at.
    /// </summary>
    public static BfdRejection TryParse(ReadOnlySpan<byte> packet, out BfdControl control)
    {
        control = default;
        if (!BfdHeader.TryRead(packet, out var header)) return BfdRejection.Truncated;
        if (header.Version != BfdHeader.Version1) return BfdRejection.Version;
        var smallest = header.IsAuthenticated ? BfdHeader.SmallestAuthenticatedSize : BfdHeader.Size;
        if (header.Length < smallest || header.Length > packet.Length) return BfdRejection.Length;
        if (header.DetectMultiplier == 0) return BfdRejection.DetectMultiplier;
        if (header.IsMultipoint) return BfdRejection.Multipoint;
        if (header.MyDiscriminator == 0) return BfdRejection.MyDiscriminator;
        if (header.YourDiscriminator == 0 && header.State is BfdState.Init or BfdState.Up) return BfdRejection.YourDiscriminator;
        control = new()
        {
            State = header.State,
            Diagnostic = header.Diagnostic,
            IsPoll = header.IsPoll,
            IsFinal = header.IsFinal,
            IsDemand = header.IsDemand,
            IsAuthenticated = header.IsAuthenticated,
            DetectMultiplier = header.DetectMultiplier,
            MyDiscriminator = header.MyDiscriminator,
            YourDiscriminator = header.YourDiscriminator,
            DesiredMinTxMicroseconds = header.DesiredMinTxMicroseconds,
            RequiredMinRxMicroseconds = header.RequiredMinRxMicroseconds,
        };
        return BfdRejection.None;
    }

    /// <summary>Writes all <see cref="BfdHeader.Size"/> bytes, whatever they were before.</summary>
    public void WriteTo(Span<byte> destination)
    {
        destination[0] = (byte)(BfdHeader.Version1 << 5 | (byte)Diagnostic & 0x1f);
        destination[1] = (byte)((byte)State << 6 | (IsPoll ? 0x20 : 0) | (IsFinal ? 0x10 : 0) | (IsDemand ? 0x02 : 0));
        destination[2] = DetectMultiplier;
        destination[3] = BfdHeader.Size;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], MyDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], YourDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], DesiredMinTxMicroseconds);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], RequiredMinRxMicroseconds);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], 0);
    }
}
