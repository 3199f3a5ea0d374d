using System.Buffers.Binary;
using Director.Net;

namespace Director.Perf.Stress;

/// <summary>Frames that pass for adverts of a virtual router, none of which may be believed: each is bad in one way.</summary>
internal static class BadAdverts
{
    private const int EthernetBytes = 14, Ipv4Bytes = 20, Message = EthernetBytes + Ipv4Bytes;
    private static readonly byte[] GroupMac = [0x01, 0x00, 0x5e, 0x00, 0x00, 0x12];
    private static readonly byte[] SenderMac = [0x02, 0x00, 0x00, 0x00, 0x09, 0x03];
    private static readonly byte[] Sender = [10, 9, 0, 3], Group = [224, 0, 0, 18];

    /// <summary>One of each kind, against a version 3 router of this number with one address that advertises each 100 ms.</summary>
    public static IReadOnlyList<byte[]> Against(byte router, byte[] address) =>
    [
        Frame(router, address, message => message[6] ^= 0x55), // a checksum that is wrong
        Frame(router, address, message => message[1] = (byte)(router + 1)), // nobody's number
        Frame(router, address, message => message[0] = 0x21), // another version
        Frame(router, address, message => message[0] = 0x32), // no type that there is
        Frame(router, address, message => message[3] = 9), // more addresses than there are
        Frame(router, address, message => message[4] = message[5] = 0), // an interval of nothing
        Frame(router, address, _ => { }, hopLimit: 254), // from beyond the link
        Frame(router, address, _ => { })[..(Message + 4)], // cut off
    ];

    /// <summary>An advert of the highest priority that is right in every way but the hop limit, if that is not 255.</summary>
    public static byte[] Frame(byte router, byte[] address, Action<byte[]> spoil, byte hopLimit = 255)
    {
        var message = new byte[8 + address.Length];
        (message[0], message[1], message[2], message[3], message[5]) = (0x31, router, 255, 1, 10);
        address.CopyTo(message, 8);
        spoil(message);
        var pseudo = Checksum.PseudoHeaderV4(BinaryPrimitives.ReadUInt32BigEndian(Sender), BinaryPrimitives.ReadUInt32BigEndian(Group),
            (IpProtocol)112, message.Length);
        var spoilt = (ushort)(message[6] << 8);
        message[6] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)(Checksum.Finish(Checksum.Add(message, pseudo)) ^ spoilt));

        var frame = new byte[Message + message.Length];
        GroupMac.CopyTo(frame, 0);
        SenderMac.CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x0800);
        var ip = frame.AsSpan(EthernetBytes, Ipv4Bytes);
        (ip[0], ip[1], ip[8], ip[9]) = (0x45, 0xc0, hopLimit, 112);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4Bytes + message.Length));
        Sender.CopyTo(ip[12..]);
        Group.CopyTo(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip));
        message.CopyTo(frame, Message);
        return frame;
    }
}
