using System.Buffers.Binary;
using Director.Net;

namespace Director.Vrrp.Wire;

/// <summary>
/// A view of a version 2 advertisement, what follows the IPv4 header (RFC 3768 §5.1, authentication as in RFC 2338 §5.3.6).
/// <code>
///  0         1         2         3         4         5         6         8               8+4n        16+4n
///  |ver|type | VRID    | priority| count n | auth    | interval| checksum| n IPv4 addresses | auth data |
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws. The length is exact: the eight bytes of authentication data are
/// always there, and the checksum covers the whole message with them and nothing else.
/// </summary>
public readonly ref struct Advertisement
{
    /// <summary>Bytes before the addresses.</summary>
    public const int HeaderSize = 8;

    /// <summary>The only type there is, ADVERTISEMENT.</summary>
    public const byte AdvertisementType = 1;

    /// <summary>The longest interval of version 3, whose field has twelve bits.</summary>
    public const int MaxCentiseconds = 0xfff;

    /// <summary>Bytes of the longest message.</summary>
    public const int MaxSize = HeaderSize + (4 * VrrpLimits.Addresses) + VrrpPassword.Size;

    private readonly ReadOnlySpan<byte> _message;

    private Advertisement(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>The virtual router.</summary>
    public byte VirtualRouterId => VirtualRouterIdOf(_message);

    /// <summary>The sender's priority; 0 says that it stops being master.</summary>
    public byte Priority => _message[2];

    /// <summary>How many addresses follow.</summary>
    public int AddressCount => _message[3];

    /// <summary>How the message claims to be authenticated; may be a value the enumeration does not name.</summary>
    public AuthenticationType Authentication => (AuthenticationType)_message[4];

    /// <summary>Seconds between the sender's advertisements.</summary>
    public byte IntervalSeconds => _message[5];

    /// <summary>Between the sender's advertisements.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(IntervalSeconds);

    /// <summary>Whether the checksum is right.</summary>
    public bool IsChecksumValid => Checksum.Compute(_message) == 0;

    /// <summary>The eight bytes of authentication data.</summary>
    public ReadOnlySpan<byte> AuthenticationData => _message[^VrrpPassword.Size..];

    /// <summary>The address at <paramref name="index"/>, below <see cref="AddressCount"/>.</summary>
    public IpAddress128 Address(int index) => IpAddress128.ReadV4(_message[(HeaderSize + (4 * index))..]);

    /// <summary>The version a message claims; it must be of <see cref="HeaderSize"/> bytes or more, as for the two that follow.</summary>
    public static VrrpVersion VersionOf(ReadOnlySpan<byte> message) => (VrrpVersion)(message[0] >> 4);

    /// <summary>The type a message claims.</summary>
    public static byte TypeOf(ReadOnlySpan<byte> message) => (byte)(message[0] & 0xf);

    /// <summary>The virtual router a message claims to speak of, in every version.</summary>
    public static byte VirtualRouterIdOf(ReadOnlySpan<byte> message) => message[1];

    /// <summary>Bytes of a message with <paramref name="addressCount"/> addresses.</summary>
    public static int SizeOf(int addressCount) => HeaderSize + (4 * addressCount) + VrrpPassword.Size;

    /// <summary>Whether <paramref name="message"/> has exactly the length that its address count asks for, and the view of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out Advertisement advertisement)
    {
        advertisement = default;
        if (message.Length < HeaderSize || message.Length != SizeOf(message[3])) return false;
        advertisement = new(message);
        return true;
    }

    /// <summary>
    /// Writes the advertisement of an instance at <paramref name="priority"/>; returns its length. The destination must have
    /// <see cref="SizeOf"/> bytes for the instance's addresses.
    /// </summary>
    public static int Write(Span<byte> destination, VrrpInstanceSettings settings, byte priority)
    {
        var addresses = settings.Addresses;
        var message = destination[..SizeOf(addresses.Count)];
        message[0] = (byte)VrrpVersion.V2 << 4 | AdvertisementType;
        message[1] = settings.VirtualRouterId;
        message[2] = priority;
        message[3] = (byte)addresses.Count;
        message[4] = (byte)settings.Authentication;
        message[5] = settings.AdvertIntervalSeconds;
        message[6..HeaderSize].Clear();
        for (var i = 0; i < addresses.Count; i++) addresses[i].Address.WriteTo(message[(HeaderSize + (4 * i))..]);
        settings.Password.GetValueOrDefault().WriteTo(message[^VrrpPassword.Size..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], Checksum.Compute(message));
        return message.Length;
    }
}
