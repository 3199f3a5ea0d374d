using System.Buffers.Binary;
using Director.Linux.Xdp;
using Director.Net;
using Director.Net.Wire;
using static Director.Linux.Xdp.SteeringCounter;

namespace Director.Tests.Linux.Xdp;

/// <content>What masqueraded servers answer: frames, and what the rule says of them.</content>
public sealed partial class SteeringProgramTests
{
    private const int QuotedV4 = TestFrame.Transport + 8;
    private const int TransportV6 = TestFrame.Ip + Ipv6Header.Size;
    private const int QuotedV6 = TransportV6 + 8;

    private static readonly Endpoint Server = new(IpAddress128.Parse("10.1.0.80"), 8080);
    private static readonly Endpoint EveryPort = new(IpAddress128.Parse("10.1.0.81"), 0);
    private static readonly Endpoint ServerV6 = new(IpAddress128.Parse("2001:db8:2::80"), 8080);
    private static readonly Endpoint EveryPortV6 = ServerV6 with { Port = 0 };
    private static readonly IpAddress128 OwnV4 = IpAddress128.Parse("198.51.100.1");
    private static readonly IpAddress128 OwnV6 = IpAddress128.Parse("2001:db8:1::1");
    private static readonly IpAddress128[] OwnAddresses = [OwnV4, OwnV6];

    private static readonly (IpProtocol Protocol, Endpoint Server)[] Masqueraded =
    [
        (IpProtocol.Tcp, Server), (IpProtocol.Udp, EveryPort), (IpProtocol.Tcp, ServerV6), (IpProtocol.Udp, EveryPortV6),
    ];

    private static SteeringCounter ExpectReply(ReadOnlySpan<byte> ip, int header, IpProtocol protocol, bool isFragment)
    {
        var destination = IpAddress128.ReadV4(ip[16..]);
        if (protocol == IpProtocol.Icmp)
        {
            return ip.Length < header + 8 + Ipv4Header.MinSize ? Malformed
                : ExpectOf(IpAddress128.ReadV4(ip[(header + 8 + 16)..]), destination);
        }

        var source = IpAddress128.ReadV4(ip[12..]);
        if (isFragment) return ExpectOf(source, destination);
        if (BinaryPrimitives.ReadUInt16BigEndian(ip[2..]) < header + 4 || ip.Length < header + 4) return Malformed;
        return ExpectOf(protocol, new(source, BinaryPrimitives.ReadUInt16BigEndian(ip[header..])), destination);
    }

    private static SteeringCounter ExpectReplyV6(ReadOnlySpan<byte> ip, IpProtocol next, bool isExtension)
    {
        var destination = IpAddress128.ReadV6(ip[24..]);
        if (next == IpProtocol.IcmpV6)
        {
            return ip.Length < Ipv6Header.Size + 8 + Ipv6Header.Size ? Malformed
                : ExpectOf(IpAddress128.ReadV6(ip[(Ipv6Header.Size + 8 + 24)..]), destination);
        }

        var source = IpAddress128.ReadV6(ip[8..]);
        if (isExtension) return ExpectOf(source, destination);
        if (BinaryPrimitives.ReadUInt16BigEndian(ip[4..]) < 4 || ip.Length < Ipv6Header.Size + 4) return Malformed;
        return ExpectOf(next, new(source, BinaryPrimitives.ReadUInt16BigEndian(ip[Ipv6Header.Size..])), destination);
    }

    private static SteeringCounter ExpectOf(IpAddress128 server, IpAddress128 destination) =>
        Masqueraded.Any(known => known.Server.Address == server) && !OwnAddresses.Contains(destination) ? RedirectedReply : NotArmed;

    private static SteeringCounter ExpectOf(IpProtocol protocol, Endpoint server, IpAddress128 destination) =>
        Masqueraded.Any(known => known.Protocol == protocol && (known.Server == server || known.Server == server with { Port = 0 }))
        && !OwnAddresses.Contains(destination) ? RedirectedReply : NotArmed;

    private static byte[] MakeReply(Bend bend)
    {
        if (bend >= Bend.ReplyV6) return MakeReplyV6(bend);
        if (bend is >= Bend.ErrorAboutServer and <= Bend.ErrorCut) return MakeError(bend);
        if (bend == Bend.RequestToServer) return TestFrame.Tcp(Own, Peer, Client, Server);
        var client = bend is Bend.ReplyToOwn or Bend.ReplyFragmentToOwn ? Client with { Address = OwnV4 } : Client;
        if (bend == Bend.ReplyOptions)
        {
            var full = TestFrame.Ipv4(Own, Peer, Server.Address, client.Address, IpProtocol.Tcp, TcpHeader.MinSize, options: 40);
            BinaryPrimitives.WriteUInt16BigEndian(full.AsSpan(TestFrame.Transport + 40), Server.Port);
            return full;
        }

        var frame = bend switch
        {
            Bend.ReplyOfEveryPort => TestFrame.Udp(Own, Peer, EveryPort with { Port = 53 }, client),
            Bend.ReplyOfOtherProtocol => TestFrame.Udp(Own, Peer, Server, client),
            Bend.ReplyOfOtherPort => TestFrame.Tcp(Own, Peer, Server with { Port = 8081 }, client),
            Bend.FragmentOfStranger => TestFrame.Udp(Own, Peer, Server with { Address = Disarmed }, client),
            _ => TestFrame.Tcp(Own, Peer, Server, client),
        };
        if (bend is Bend.ReplyFirstFragment or Bend.ReplyFragmentToOwn) frame[TestFrame.Ip + 6] = 0x20;
        if (bend is Bend.ReplyLaterFragment or Bend.FragmentOfStranger) frame[TestFrame.Ip + 7] = 1;
        if (bend == Bend.ReplyTotalWithoutPorts) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(TestFrame.Ip + 2), 23);
        return bend == Bend.ReplyCut ? frame[..(TestFrame.Transport + 3)] : frame;
    }

    // It quotes what the client had sent to the server.
    private static byte[] MakeError(Bend bend)
    {
        var from = bend == Bend.ErrorFromServer ? Server.Address : Disarmed;
        var frame = TestFrame.Ipv4(
            Own, Peer, from, bend == Bend.ErrorAboutServerToOwn ? OwnV4 : Client.Address, IpProtocol.Icmp, 8 + Ipv4Header.MinSize + 8);
        frame[TestFrame.Transport] = 3;
        var quoted = TestFrame.Tcp(
            Peer, Own, Client, bend is Bend.ErrorAboutStranger or Bend.ErrorFromServer ? Server with { Address = Disarmed } : Server);
        quoted.AsSpan(TestFrame.Ip, Ipv4Header.MinSize + 8).CopyTo(frame.AsSpan(QuotedV4));
        return bend == Bend.ErrorCut ? frame[..(QuotedV4 + Ipv4Header.MinSize - 1)] : frame;
    }

    private static byte[] MakeReplyV6(Bend bend)
    {
        var next = bend switch
        {
            Bend.ReplyOfEveryPortV6 => 17,
            Bend.ReplyBehindExtensionV6 or Bend.ExtensionOfStrangerV6 => 44,
            >= Bend.ErrorAboutServerV6 => 58,
            _ => 6,
        };
        var source = bend is Bend.ExtensionOfStrangerV6 ? OwnV6 : ServerV6.Address;
        var frame = TestFrame.Ipv6(
            Own, Peer, source, bend == Bend.ReplyToOwnV6 ? OwnV6 : ClientV6, (IpProtocol)next, next == 58 ? 8 + Ipv6Header.Size + 8 : 40);
        if (next == 58)
        {
            frame[TransportV6] = 2;
            var about = bend == Bend.ErrorAboutStrangerV6 ? OwnV6 : ServerV6.Address;
            TestFrame.Ipv6(Peer, Own, ClientV6, about, IpProtocol.Tcp, 8).AsSpan(TestFrame.Ip).CopyTo(frame.AsSpan(QuotedV6));
            return bend == Bend.ErrorCutV6 ? frame[..(QuotedV6 + Ipv6Header.Size - 1)] : frame;
        }

        var port = (ushort)(bend is Bend.ReplyOfOtherPortV6 or Bend.ReplyOfEveryPortV6 ? 8081 : 8080);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(TransportV6), port);
        if (bend == Bend.ReplyPayloadWithoutPortsV6) frame[TestFrame.Ip + 5] = 3;
        return frame;
    }
}
