using System.Buffers.Binary;
using Director.Datapath;
using Director.Net;
using Director.Net.Wire;

namespace Director.Bench;

/// <summary>An IPv6 service and a frame to it: a TCP segment without payload.</summary>
internal static class TrafficV6
{
    private static readonly IpAddress128 Vip = IpAddress128.Parse("2001:db8::130");

    /// <summary>The service, without servers.</summary>
    public static VirtualServiceSpec Service() => new(new(IpProtocol.Tcp, new(Vip, 80)), "wlc", null, 128, []);

    /// <summary>The frame.</summary>
    public static byte[] Frame()
    {
        var frame = new byte[EthernetHeader.Size + 40 + TcpHeader.MinSize];
        EthernetHeader.Write(frame, Traffic.DirectorMac, Traffic.ClientMac, EtherType.Ipv6);
        var ip = frame.AsSpan(EthernetHeader.Size);
        ip[0] = 6 << 4;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], TcpHeader.MinSize);
        ip[6] = (byte)IpProtocol.Tcp;
        ip[7] = 64;
        IpAddress128.Parse("2001:db8::2").WriteTo(ip[8..]);
        Vip.WriteTo(ip[24..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[40..], 1024);
        BinaryPrimitives.WriteUInt16BigEndian(ip[42..], 80);
        ip[52] = 5 << 4;
        ip[53] = (byte)TcpFlags.Ack;
        return frame;
    }
}
