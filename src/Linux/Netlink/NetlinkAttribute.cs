using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Director.Net;

namespace Director.Linux.Netlink;

/// <summary>A view of one attribute: its type without flag bits, and its payload without padding (<c>struct nlattr</c>).</summary>
internal readonly ref struct NetlinkAttribute(ushort type, ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;

    /// <summary>What the attribute is, in the enumeration of the message it stands in.</summary>
    public ushort Type { get; } = type;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Payload => _payload;

    /// <summary>The attributes that this one is made of.</summary>
    public NetlinkAttributes Nested => new(_payload);

    /// <summary>The number in a four-byte attribute; 0 if it is shorter.</summary>
    public uint UInt32 => _payload.Length >= sizeof(uint) ? MemoryMarshal.Read<uint>(_payload) : 0;

    /// <summary>The number in a two-byte attribute; 0 if it is shorter.</summary>
    public ushort UInt16 => _payload.Length >= sizeof(ushort) ? MemoryMarshal.Read<ushort>(_payload) : (ushort)0;

    /// <summary>The number in a two-byte attribute in network order; 0 if it is shorter.</summary>
    public ushort UInt16NetworkOrder =>
        _payload.Length >= sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(_payload) : (ushort)0;

    /// <summary>The number in a one-byte attribute; 0 if it is empty.</summary>
    public byte Byte => _payload.IsEmpty ? (byte)0 : _payload[0];

    /// <summary>The text up to the first NUL.</summary>
    public string Text
    {
        get
        {
            var end = _payload.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? _payload : _payload[..end]);
        }
    }

    /// <summary>The IP address of four or sixteen bytes; null for any other length.</summary>
    public IpAddress128? IpAddress => _payload.Length switch
    {
        4 => IpAddress128.ReadV4(_payload),
        16 => IpAddress128.ReadV6(_payload),
        _ => null,
    };

    /// <summary>The Ethernet address of six bytes; null for any other length, as tunnels have.</summary>
    public MacAddress? MacAddress => _payload.Length == Director.Net.MacAddress.Size ? Director.Net.MacAddress.Read(_payload) : null;
}
