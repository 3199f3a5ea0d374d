using System.Buffers.Binary;
using Director.Net;

namespace Director.Vrrp.Wire;

/// <summary>
/// A view of an advertisement, what follows the IPv4 or IPv6 header: version 2 (RFC 3768 §5.1, authentication as in RFC 2338 §5.3.6) and
/// version 3 (RFC 9568 §5.2).
/// <code>
///     0         1         2         3         4         5         6         8                  8+4n        16+4n
/// v2  |ver|type | VRID    | priority| count n | auth    | seconds | checksum| n IPv4 addresses | auth data |
/// v3  |ver|type | VRID    | priority| count n | rsvd| centiseconds | checksum| n IPv4 or n IPv6 addresses
/// </code>
/// keepalived's version 2 over IPv6, which no RFC knows, is version 2's header and IPv6 addresses without authentication data. Made only
/// by <see cref="TryRead"/>; after success no getter throws. The length is exact: version 2 over IPv4 always has its eight bytes of
/// authentication data.
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
    public const int MaxSize = HeaderSize + (16 * VrrpLimits.Addresses);

    private readonly ReadOnlySpan<byte> _message;
    private readonly bool _isV6;

    private Advertisement(ReadOnlySpan<byte> message, bool isV6)
    {
        _message = message;
        _isV6 = isV6;
    }

    /// <summary>The protocol's version.</summary>
    public VrrpVersion Version => VersionOf(_message);

    /// <summary>The virtual router.</summary>
    public byte VirtualRouterId => VirtualRouterIdOf(_message);

    /// <summary>The sender's priority; 0 says that it stops being master.</summary>
    public byte Priority => _message[2];

    /// <summary>How many addresses follow.</summary>
    public int AddressCount => _message[3];

    /// <summary>How a version 2 message claims to be authenticated; may be a value the enumeration does not name.</summary>
    public AuthenticationType Authentication => Version == VrrpVersion.V2 ? (AuthenticationType)_message[4] : AuthenticationType.None;

    /// <summary>
    /// Between the sender's advertisements; may be zero, which no sender may send. The four reserved bits are not looked at.
    /// </summary>
    public TimeSpan Interval => Version == VrrpVersion.V2
        ? TimeSpan.FromSeconds(_message[5])
        : TimeSpan.FromMilliseconds(10 * (BinaryPrimitives.ReadUInt16BigEndian(_message[4..]) & MaxCentiseconds));

    /// <summary>The eight bytes of authentication data of version 2 over IPv4; empty of any other.</summary>
    public ReadOnlySpan<byte> AuthenticationData => HasAuthenticationData(Version, _isV6) ? _message[^VrrpPassword.Size..] : [];

    /// <summary>The address at <paramref name="index"/>, below <see cref="AddressCount"/>.</summary>
    public IpAddress128 Address(int index) => _isV6
        ? IpAddress128.ReadV6(_message[(HeaderSize + (16 * index))..])
        : IpAddress128.ReadV4(_message[(HeaderSize + (4 * index))..]);

    /// <summary>The version a message claims; it must be of <see cref="HeaderSize"/> bytes or more, as for the two that follow.</summary>
    public static VrrpVersion VersionOf(ReadOnlySpan<byte> message) => (VrrpVersion)(message[0] >> 4);

    /// <summary>The type a message claims.</summary>
    public static byte TypeOf(ReadOnlySpan<byte> message) => (byte)(message[0] & 0xf);

    /// <summary>The virtual router a message claims to speak of, in every version.</summary>
    public static byte VirtualRouterIdOf(ReadOnlySpan<byte> message) => message[1];

    /// <summary>Bytes of a message with <paramref name="addressCount"/> addresses.</summary>
    public static int SizeOf(VrrpVersion version, bool isV6, int addressCount) =>
        HeaderSize + ((isV6 ? 16 : 4) * addressCount) + (HasAuthenticationData(version, isV6) ? VrrpPassword.Size : 0);

    /// <summary>
    /// Whether <paramref name="message"/> is of a version that there is and has exactly the length that its address count asks for, and
    /// the view of it.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, bool isV6, out Advertisement advertisement)
    {
        advertisement = default;
        if (message.Length < HeaderSize || VersionOf(message) is not (VrrpVersion.V2 or VrrpVersion.V3)) return false;
        if (message.Length != SizeOf(VersionOf(message), isV6, message[3])) return false;
        advertisement = new(message, isV6);
        return true;
    }

    /// <summary>
    /// Whether the checksum of the message that went from <paramref name="source"/> to <paramref name="destination"/> is right, in any of
    /// the forms that senders use, and in which: the plain one first (RFC 9568 §5.2.8; RFC 8200 §8.1).
    /// </summary>
    public bool HasValidChecksum(IpAddress128 source, IpAddress128 destination, out ChecksumForm form)
    {
        form = ChecksumForm.PseudoHeader;
        if (_isV6) return IsRight(AdvertisementChecksum.PseudoHeader(source, destination, _message.Length));
        if (Version == VrrpVersion.V2) return IsRight(0);
        if (IsRight(AdvertisementChecksum.PseudoHeader(source, destination, _message.Length))) return true;
        form = ChecksumForm.MessageOnly;
        if (IsRight(0)) return true;
        form = ChecksumForm.PseudoHeaderOfGroup;
        return !destination.IsMulticast
            && IsRight(AdvertisementChecksum.PseudoHeader(source, AdvertisementDatagram.GroupV4, _message.Length));
    }

    /// <summary>
    /// Writes the advertisement of an instance at <paramref name="priority"/>, its checksum zero; returns its length. The destination
    /// must have <see cref="SizeOf"/> bytes for the instance's addresses.
    /// </summary>
    public static int Write(Span<byte> destination, VrrpInstanceSettings settings, byte priority)
    {
        var addresses = settings.Addresses;
        var (version, isV6) = (settings.Version, settings.IsV6);
        var message = destination[..SizeOf(version, isV6, addresses.Count)];
        message[0] = (byte)((byte)version << 4 | AdvertisementType);
        message[1] = settings.VirtualRouterId;
        message[2] = priority;
        message[3] = (byte)addresses.Count;
        if (version == VrrpVersion.V3) BinaryPrimitives.WriteUInt16BigEndian(message[4..], settings.AdvertIntervalCentiseconds);
        else (message[4], message[5]) = ((byte)settings.Authentication, settings.AdvertIntervalSeconds);
        message[6..HeaderSize].Clear();
        var size = isV6 ? 16 : 4;
        for (var i = 0; i < addresses.Count; i++) addresses[i].Address.WriteTo(message[(HeaderSize + (size * i))..]);
        if (HasAuthenticationData(version, isV6)) settings.Password.GetValueOrDefault().WriteTo(message[^VrrpPassword.Size..]);
        return message.Length;
    }

    private static bool HasAuthenticationData(VrrpVersion version, bool isV6) => version == VrrpVersion.V2 && !isV6;

    private bool IsRight(ulong sum) => Checksum.Finish(Checksum.Add(_message, sum)) == 0;
}
