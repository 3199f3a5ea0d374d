using Director.Bfd;
using Director.Bfd.Ports;

namespace Director.Tests.Bfd.Support;

/// <summary>A link that gives one packet again and again and itself allocates nothing.</summary>
internal sealed class SilentLink : IBfdLink
{
    public byte[] Packet { get; set; } = [];

    public bool HasPacket { get; set; }

    public int Sent { get; private set; }

    public int Open(BfdSettings settings) => 0;

    public void Close(int endpoint)
    {
    }

    public bool Send(int endpoint, ReadOnlySpan<byte> packet)
    {
        Sent++;
        return true;
    }

    public bool Receive(ReceivedPackets packets)
    {
        if (!HasPacket) return true;
        HasPacket = false;
        Packet.CopyTo(packets.Free);
        packets.Append(Packet.Length, SomeBfd.FromPeer);
        return true;
    }
}
