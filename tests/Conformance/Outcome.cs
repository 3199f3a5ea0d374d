using System.Buffers.Binary;
using System.Text;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Conformance;

/// <summary>
/// What became of one packet, as scenarios write it: <c>none</c>; <c>host</c>, if the director's own stack was given it; else each frame
/// that left, joined by <c>+</c>: <c>rs2</c> if it is the packet as a router would pass it on to there, else <c>rs2:</c> and the bytes of
/// its IP packet in hexadecimal.
/// </summary>
internal static class Outcome
{
    public const string Nothing = "none";
    public const string Host = "host";

    /// <summary>Columns after which a line of outcomes ends.</summary>
    private const int LineWidth = 100;

    /// <summary>What the director's own packets start with; of what passes through it, it has taken one.</summary>
    private const byte OwnTimeToLive = 64;

    /// <summary>The text of an outcome.</summary>
    /// <param name="sent">The frame that the director got.</param>
    /// <param name="toHost">
    /// Whether the host was given it: if it is a server's to a client, the host forwards it as any router does; else what the host makes of
    /// it is its own affair.
    /// </param>
    /// <param name="left">The frames that left the director, with their links.</param>
    public static string Of(byte[] sent, bool toHost, IEnumerable<(int Link, byte[] Frame)> left)
    {
        if (toHost) return Stage.IsToClient(sent) ? Stage.NameOf(Stage.Client) : Host;
        var texts = left.Select(frame => Text(sent, frame.Link, frame.Frame)).ToArray();
        return texts.Length == 0 ? Nothing : string.Join('+', texts);
    }

    /// <summary>Outcomes in lines.</summary>
    public static IEnumerable<string> Lines(IEnumerable<string> outcomes)
    {
        var line = new StringBuilder();
        foreach (var outcome in outcomes)
        {
            if (line.Length > 0 && line.Length + outcome.Length >= LineWidth)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(outcome);
        }

        if (line.Length > 0) yield return line.ToString();
    }

    /// <summary>The outcomes in lines.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> lines) =>
        [.. lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static string Text(byte[] sent, int link, byte[] frame)
    {
        if (MacAddress.Read(frame) != Stage.FarMac(link) || MacAddress.Read(frame.AsSpan(MacAddress.Size)) != Stage.NearMac(link))
            return $"{Stage.NameOf(link)}:wrong-mac:{Convert.ToHexStringLower(frame)}";
        var packet = Packet(frame);
        return packet.AsSpan().SequenceEqual(Routed(Packet(sent)))
            ? Stage.NameOf(link)
            : $"{Stage.NameOf(link)}:{Convert.ToHexStringLower(Comparable(packet))}";
    }

    /// <summary>The IP packet of a frame, without what pads it.</summary>
    private static byte[] Packet(byte[] frame)
    {
        var packet = frame.AsSpan(EthernetHeader.Size);
        var length = IsV4(packet)
            ? BinaryPrimitives.ReadUInt16BigEndian(packet[2..])
            : 40 + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        return packet[..Math.Min(length, packet.Length)].ToArray();
    }

    /// <summary>The packet as any router passes it on: one hop less (RFC 1812 §5.3.1, RFC 8200 §3).</summary>
    private static byte[] Routed(byte[] packet)
    {
        var routed = (byte[])packet.Clone();
        if (IsV4(packet))
        {
            routed[8]--;
            Resum(routed);
        }
        else
        {
            routed[7]--;
        }

        return routed;
    }

    /// <summary>
    /// The packet without what cannot be equal in an ICMP error of the director's own: the identification of IPv4, the flow label of IPv6.
    /// </summary>
    private static byte[] Comparable(byte[] packet)
    {
        if (IsV4(packet))
        {
            if ((IpProtocol)packet[9] != IpProtocol.Icmp || packet[8] != OwnTimeToLive) return packet;
            packet[4] = packet[5] = 0;
            Resum(packet);
        }
        else if ((IpProtocol)packet[6] == IpProtocol.IcmpV6 && packet[7] == OwnTimeToLive)
        {
            packet[1] &= 0xf0;
            packet[2] = packet[3] = 0;
        }

        return packet;
    }

    private static void Resum(Span<byte> packet)
    {
        packet[10] = packet[11] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum.Compute(packet[..((packet[0] & 0xf) * 4)]));
    }

    private static bool IsV4(ReadOnlySpan<byte> packet) => packet[0] >> 4 == 4;
}
