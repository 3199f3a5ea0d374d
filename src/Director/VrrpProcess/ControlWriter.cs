using System.Buffers.Binary;
using System.Text.Unicode;
using Director.Net;

namespace Director.VrrpProcess;

/// <summary>
/// Writes a message: <c>| version | kind | fields… |</c>, numbers in network order, strings as length and UTF-8. The buffer must have
/// <see cref="ControlLimits.MessageSize"/> bytes, which hold anything the limits allow.
/// </summary>
internal ref struct ControlWriter
{
    /// <summary>
    /// The wire's version, first in every message. A program replaced on disk may start a newer VRRP process than itself.
    /// </summary>
    public const byte Version = 2;

    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Starts a message.</summary>
    public ControlWriter(Span<byte> buffer, ControlKind kind)
    {
        _buffer = buffer;
        (buffer[0], buffer[1]) = (Version, (byte)kind);
        _length = 2;
    }

    /// <summary>The message so far.</summary>
    public readonly ReadOnlySpan<byte> Message => _buffer[.._length];

    /// <summary>Appends a byte.</summary>
    public void Write(byte value) => _buffer[_length++] = value;

    /// <summary>Appends a yes or no.</summary>
    public void Write(bool value) => Write(value ? (byte)1 : (byte)0);

    /// <summary>Appends four bytes.</summary>
    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    /// <summary>Appends eight bytes.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    /// <summary>Appends a duration, in units of 100 ns.</summary>
    public void Write(TimeSpan value) => Write(value.Ticks);

    /// <summary>Appends an address, as the sixteen bytes of its IPv6 form.</summary>
    public void Write(IpAddress128 value) => value.WriteMappedTo(Take(16));

    /// <summary>Appends a string, cut at <see cref="ControlLimits.StringSize"/> bytes.</summary>
    public void Write(string value)
    {
        var room = _buffer.Slice(_length + 2, ControlLimits.StringSize);
        Utf8.FromUtf16(value, room, out _, out var written);
        BinaryPrimitives.WriteUInt16BigEndian(Take(2), (ushort)written);
        _length += written;
    }

    /// <summary>Bytes to be filled in by the caller.</summary>
    public Span<byte> Take(int count)
    {
        var taken = _buffer.Slice(_length, count);
        _length += count;
        return taken;
    }
}
