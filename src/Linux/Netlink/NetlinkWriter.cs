using System.Runtime.InteropServices;
using System.Text;
using Director.Net;
using static Director.Linux.Abi.NetlinkAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Writes one request into a buffer of the caller's, which must be large enough for it (<see cref="NetlinkLimits.RequestSize"/>):
/// header, fixed part, attributes, then <see cref="Finish"/>. Padding is written as zeros, whatever the buffer held.
/// </summary>
internal ref struct NetlinkWriter
{
    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Starts a request.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="type"><c>RTM_*</c>.</param>
    /// <param name="flags"><c>NLM_F_*</c>; REQUEST is added.</param>
    /// <param name="sequence">The number that the answers will carry.</param>
    public NetlinkWriter(Span<byte> buffer, ushort type, ushort flags, uint sequence)
    {
        _buffer = buffer;
        _length = HeaderSize;
        buffer[..HeaderSize].Clear();
        Put(4, type);
        Put(6, (ushort)(flags | NLM_F_REQUEST));
        Put(8, sequence);
    }

    /// <summary>
    /// Appends the fixed part that the type of message has, zeroed, and hands it out to be filled. Its size is a multiple of four.
    /// </summary>
    public Span<byte> Fixed(int size)
    {
        var part = _buffer.Slice(_length, size);
        part.Clear();
        _length += size;
        return part;
    }

    /// <summary>Appends an attribute of bytes.</summary>
    public void Attribute(ushort type, scoped ReadOnlySpan<byte> payload) => payload.CopyTo(Append(type, payload.Length));

    /// <summary>Appends an attribute that is one byte.</summary>
    public void Attribute(ushort type, byte value) => Append(type, sizeof(byte))[0] = value;

    /// <summary>Appends an attribute that is a 32-bit number.</summary>
    public void Attribute(ushort type, uint value) => MemoryMarshal.Write(Append(type, sizeof(uint)), value);

    /// <summary>Appends an attribute that is an address: four or sixteen bytes by its family.</summary>
    public void Attribute(ushort type, IpAddress128 address) => address.WriteTo(Append(type, address.Size));

    /// <summary>Appends an attribute that is text ending in NUL.</summary>
    public void Attribute(ushort type, string text)
    {
        var payload = Append(type, Encoding.UTF8.GetByteCount(text) + 1);
        Encoding.UTF8.GetBytes(text, payload);
        payload[^1] = 0;
    }

    /// <summary>Bytes so far.</summary>
    public readonly int Length => _length;

    /// <summary>Begins an attribute that is made of others; <see cref="End"/> it with what this returns.</summary>
    public int Begin(ushort type)
    {
        var at = _length;
        Append((ushort)(type | NLA_F_NESTED), 0);
        return at;
    }

    /// <summary>Ends an attribute that is made of others.</summary>
    public readonly void End(int at) => Put(at, (ushort)(_length - at));

    /// <summary>Writes the length into the header and returns the message.</summary>
    public readonly ReadOnlySpan<byte> Finish()
    {
        Put(0, (uint)_length);
        return _buffer[.._length];
    }

    private Span<byte> Append(ushort type, int payloadLength)
    {
        var length = AttributeHeaderSize + payloadLength;
        var attribute = _buffer.Slice(_length, Align(length));
        attribute[payloadLength..].Clear();
        MemoryMarshal.Write(attribute, (ushort)length);
        MemoryMarshal.Write(attribute[2..], type);
        _length += attribute.Length;
        return attribute.Slice(AttributeHeaderSize, payloadLength);
    }

    private readonly void Put<T>(int offset, T value)
        where T : unmanaged => MemoryMarshal.Write(_buffer[offset..], value);
}
