using System.Globalization;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Conformance;

/// <summary>
/// Packets as scenarios write them, one line for packets that differ in a port or an address only:
/// <code>
/// tcp 10.1.0.1:1000-1012 10.0.0.100:80 SA len=4 ttl=1       flags of FSRPAU, or . for none
/// udp 10.1.0.1-40:53 10.0.0.100:53
/// rs1 tcp 10.0.0.11:80 10.1.0.1:1000 SA                      sent by a real server
/// icmp 10.1.0.9 10.0.0.100 3/4 rest=00000400 quoting tcp 10.0.0.100:80 10.1.0.1:1000
/// </code>
/// Options: <c>len</c> bytes of payload, <c>ttl</c>, <c>tos</c>, <c>df</c>, <c>id</c>, <c>options</c> bytes of IPv4 options, <c>frag</c>
/// offset in bytes and <c>cut</c> bytes of the whole payload, <c>more=1</c> for fragments that follow, <c>bad=ip</c> or <c>bad=l4</c> for
/// a wrong checksum, <c>sum=0</c> for none in UDP, <c>rest</c> bytes 4 to 7 of ICMP.
/// </summary>
internal sealed class PacketText
{
    private readonly string[] _words;
    private readonly Dictionary<string, string> _options = [];
    private int _next;

    private PacketText(string text)
    {
        _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in _words)
            if (word.Split('=') is [var key, var value]) _options.Add(key, value);
    }

    /// <summary>The frames that a line stands for, and the link by which they come to the director.</summary>
    public static (int Link, IReadOnlyList<byte[]> Frames) Read(string text)
    {
        var reader = new PacketText(text);
        try
        {
            return reader.Read();
        }
        catch (Exception error) when (error is IndexOutOfRangeException or FormatException or ArgumentException)
        {
            throw new FormatException($"not a packet: {text}: {error.Message}", error);
        }
    }

    private (int Link, IReadOnlyList<byte[]> Frames) Read()
    {
        var link = Stage.LinkOf(_words[0]);
        if (link >= 0) _next++;
        else link = Stage.Client;
        var frames = new List<byte[]>();
        var protocol = _words[_next++];
        var sources = Addresses(_words[_next++], protocol != "icmp");
        var destination = Addresses(_words[_next++], protocol != "icmp").Single();
        var rest = _next;
        foreach (var source in sources)
        {
            _next = rest;
            frames.Add(Frame(link, protocol, source, destination));
        }

        return (link, frames);
    }

    private byte[] Frame(int link, string protocol, Endpoint source, Endpoint destination)
    {
        var (number, payload) = protocol switch
        {
            "tcp" => (IpProtocol.Tcp, PacketBytes.Tcp(source, destination, Flags(_words[_next++]), Number("len", 0))),
            "udp" => (IpProtocol.Udp, PacketBytes.Udp(source, destination, Number("len", 10), Option("sum") != "0")),
            "sctp" => (IpProtocol.Sctp, PacketBytes.SctpInit(source, destination)),
            "icmp" when source.Address.IsV4 => (IpProtocol.Icmp, Icmp(source, destination)),
            "icmp" => (IpProtocol.IcmpV6, Icmp(source, destination)),
            _ => throw new FormatException($"protocol {protocol}"),
        };
        if (Option("bad") == "l4") payload[^1] ^= 0xff;
        var header = Header();
        var offset = Number("frag", 0);
        payload = payload[offset..Math.Min(payload.Length, offset + Number("cut", payload.Length))];
        var packet = source.Address.IsV4
            ? PacketBytes.Ipv4(source.Address, destination.Address, number, payload, header)
            : PacketBytes.Ipv6(source.Address, destination.Address, number, payload, header);
        if (Option("bad") == "ip") packet[10] ^= 0xff;
        return PacketBytes.Frame(Stage.NearMac(link), Stage.FarMac(link), packet);
    }

    private IpFields Header() => new(
        (byte)Number("ttl", 64), (byte)Number("tos", 0), Number("df", 1) != 0, (ushort)Number("id", 0x1234), Number("options", 0),
        Number("frag", 0), Option("more") == "1");

    private byte[] Icmp(Endpoint source, Endpoint destination)
    {
        if (_words[_next++].Split('/') is not [var type, var code]) throw new FormatException("no TYPE/CODE");
        var body = new byte[Number("len", 8)];
        var quoting = Array.IndexOf(_words, "quoting");
        if (quoting >= 0)
        {
            _next = quoting + 1;
            var protocol = _words[_next++];
            var from = Addresses(_words[_next++], true).Single();
            var to = Addresses(_words[_next++], true).Single();
            var (number, payload) = protocol == "tcp"
                ? (IpProtocol.Tcp, PacketBytes.Tcp(from, to, TcpFlags.Ack, 0))
                : (IpProtocol.Udp, PacketBytes.Udp(from, to, 10, true));
            var quoted = new IpFields(63, 0, true, 0x4321, 0, 0, false);
            body = from.Address.IsV4
                ? PacketBytes.Ipv4(from.Address, to.Address, number, payload, quoted)
                : PacketBytes.Ipv6(from.Address, to.Address, number, payload, quoted);
        }

        var rest = Option("rest") is { } hex ? Convert.FromHexString(hex) : [0, 0, 0, 0];
        return PacketBytes.Icmp(source, destination, byte.Parse(type, CultureInfo.InvariantCulture),
            byte.Parse(code, CultureInfo.InvariantCulture), rest, body);
    }

    private string? Option(string key) => _options.GetValueOrDefault(key);

    private int Number(string key, int otherwise) =>
        Option(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static TcpFlags Flags(string letters) => letters == "."
        ? TcpFlags.None
        : letters.Aggregate(TcpFlags.None, (flags, letter) => flags | letter switch
        {
            'F' => TcpFlags.Fin,
            'S' => TcpFlags.Syn,
            'R' => TcpFlags.Rst,
            'P' => TcpFlags.Psh,
            'A' => TcpFlags.Ack,
            'U' => TcpFlags.Urg,
            _ => throw new FormatException($"flag {letter}"),
        });

    /// <summary>One endpoint, or those of a range: <c>10.1.0.1-40:53</c>, <c>10.1.0.1:1000-1012</c>, <c>[fd01::1-9]:80</c>.</summary>
    private static List<Endpoint> Addresses(string text, bool withPort)
    {
        var colon = withPort ? text.LastIndexOf(':') : text.Length;
        var (firstPort, lastPort) = withPort ? Range(text[(colon + 1)..], NumberStyles.None) : (0, 0);
        var addresses = text[..colon].Trim('[', ']');
        var cut = addresses.LastIndexOfAny(['.', ':']) + 1;
        var style = addresses.Contains(':', StringComparison.Ordinal) ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        var (first, last) = Range(addresses[cut..], style);
        var made = new List<Endpoint>();
        for (var part = first; part <= last; part++)
        {
            var suffix = part.ToString(style == NumberStyles.None ? "d" : "x", CultureInfo.InvariantCulture);
            for (var port = firstPort; port <= lastPort; port++) made.Add(new(IpAddress128.Parse(addresses[..cut] + suffix), (ushort)port));
        }

        return made;
    }

    private static (int First, int Last) Range(string text, NumberStyles style)
    {
        var parts = text.Split('-');
        var first = int.Parse(parts[0], style, CultureInfo.InvariantCulture);
        return (first, parts.Length == 1 ? first : int.Parse(parts[1], style, CultureInfo.InvariantCulture));
    }
}
