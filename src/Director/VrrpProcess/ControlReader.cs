using System.Buffers.Binary;
using System.Text;
using Director.Net;

namespace Director.VrrpProcess;

/// <summary>
/// Reads what <see cref="ControlWriter"/> wrote. Reading past the end gives zeros and turns <see cref="IsWhole"/> false, so a decoder
/// reads everything and asks once.
/// </summary>
internal ref struct ControlReader
{
    private ReadOnlySpan<byte> _rest;
    private bool _failed;

    private ControlReader(ReadOnlySpan<byte> rest) => _rest = rest;

    /// <summary>Whether everything was there and nothing is left.</summary>
    public readonly bool IsWhole => !_failed && _rest.IsEmpty;

    /// <summary>Starts to read a message; false if it is of another version of the wire.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ControlKind kind, out ControlReader reader)
    {
        kind = default;
        reader = default;
        if (message.Length < 2 || message[0] != ControlWriter.Version) return false;
        kind = (ControlKind)message[1];
        reader = new(message[2..]);
        return true;
    }

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>The next yes or no.</summary>
    public bool Bool() => Byte() != 0;

    /// <summary>The next four bytes.</summary>
    public int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>
    /// The next four bytes, a count of things that take a byte or more each and are no more than <paramref name="limit"/>.
    /// </summary>
    public int Count(int limit)
    {
        var count = Int();
        if (count >= 0 && count <= limit && count <= _rest.Length) return count;
        _failed = true;
        return 0;
    }

    /// <summary>The next eight bytes.</summary>
    public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    /// <summary>The next duration.</summary>
    public TimeSpan Duration() => TimeSpan.FromTicks(Long());

    /// <summary>The next address.</summary>
    public IpAddress128 Address() => IpAddress128.ReadV6(Take(16));

    /// <summary>The next string.</summary>
    public string String() => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))));

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            _failed = true;
            _rest = default;
            return new byte[count];
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
