using System.Net;

namespace Director.Perf.Routers.Wire;

/// <summary>
/// A VRRP advertisement (RFC 3768 §5.1, RFC 9568 §5.2) as it came from a machine. Read by this program's own eyes: what judges the
/// product's reader is not that reader.
/// </summary>
/// <param name="At">When the kernel took the frame from the sender.</param>
/// <param name="From">The machine behind the port of the switch.</param>
/// <param name="SourceMac">Who the frame says it is from.</param>
/// <param name="Source">The sender's address.</param>
/// <param name="Destination">The group or the peer.</param>
/// <param name="HopLimit">TTL or hop limit.</param>
/// <param name="Message">From the version on, to the end of the packet.</param>
/// <param name="AuthenticationSequence">The authentication header's (RFC 2402); null without one.</param>
internal sealed record SeenAdvert(
    DateTime At, string From, string SourceMac, IPAddress Source, IPAddress Destination, int HopLimit, byte[] Message,
    uint? AuthenticationSequence)
{
    private const int HeaderBytes = 8;

    /// <summary>2 or 3.</summary>
    public int Version => Message[0] >> 4;

    /// <summary>Of which virtual router.</summary>
    public int Router => Message[1];

    /// <summary>The sender's; 0 when it resigns.</summary>
    public int Priority => Message[2];

    /// <summary>Whether the sender resigns.</summary>
    public bool Resigns => Priority == 0;

    /// <summary>The interval that it tells.</summary>
    public TimeSpan Interval =>
        Version == 2 ? TimeSpan.FromSeconds(Message[5]) : TimeSpan.FromMilliseconds(10 * (((Message[4] & 0x0f) << 8) | Message[5]));

    /// <summary>The kind of authentication (version 2).</summary>
    public int AuthenticationType => Message[4];

    /// <summary>The checksum as it stands there.</summary>
    public int Checksum => Message[6] << 8 | Message[7];

    /// <summary>The last eight bytes (version 2): the password, if there is one.</summary>
    public byte[] Authentication => Message[^8..];

    /// <summary>The virtual addresses, in order.</summary>
    public IReadOnlyList<IPAddress> Addresses
    {
        get
        {
            var size = Source.GetAddressBytes().Length;
            return [.. Enumerable.Range(0, Message[3]).Select(n => new IPAddress(Message.AsSpan(HeaderBytes + (n * size), size)))];
        }
    }

    /// <summary>Whether the message is whole: its length is that of its addresses (version 2: and of its authentication data).</summary>
    public bool IsWhole => Message.Length >= HeaderBytes
        && Message.Length == HeaderBytes + (Message[3] * Source.GetAddressBytes().Length) + (Version == 2 ? 8 : 0);

    /// <summary>
    /// Whether the checksum is right with the addresses of the packet summed up too (RFC 2460 §8.1), as version 3 has it by IPv6, and
    /// keepalived and FRR by IPv4.
    /// </summary>
    public bool HasPseudoHeaderChecksum
    {
        get
        {
            byte[] all = [.. Source.GetAddressBytes(), .. Destination.GetAddressBytes(), 0, 112, 0, (byte)Message.Length, .. Message];
            return Director.Net.Checksum.Compute(all) == 0;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{At:ss.ffffff} {From} v{Version} {Router} priority {Priority} from {Source}";
}
