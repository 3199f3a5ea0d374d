using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Net;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>A TCP segment that belongs to no connection, from a client's machine.</summary>
internal static class StrayAck
{
    /// <summary>Sends it by a raw socket of a thread inside <paramref name="client"/>; the kernel writes the IP header.</summary>
    public static void Send(NetworkNamespace client, string source, string destination, ushort port) => NamespaceThread.Run(client, () =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        var segment = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(segment, 40001);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), 1);
        segment[12] = 5 << 4;
        segment[13] = 0x10;
        var (from, to) = (IpAddress128.Parse(source).V4, IpAddress128.Parse(destination).V4);
        var sum = Checksum.PseudoHeaderV4(from, to, IpProtocol.Tcp, segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), Checksum.Finish(Checksum.Add(segment, sum)));
        socket.SendTo(segment, new IPEndPoint(IPAddress.Parse(destination), 0));
    });
}
