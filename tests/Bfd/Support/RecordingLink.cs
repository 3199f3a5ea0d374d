using Director.Bfd;
using Director.Bfd.Ports;

namespace Director.Tests.Bfd.Support;

/// <summary>A link that gives what a test put there and hands what is sent to it.</summary>
internal sealed class RecordingLink(Action<BfdSettings, byte[]>? onSend = null) : IBfdLink
{
    private readonly List<BfdSettings?> _ends = [];
    private readonly Queue<(byte[] Packet, PacketOrigin Origin)> _waiting = new();

    public List<byte[]> Sent { get; } = [];

    public bool Refuses { get; set; }

    public int Waiting => _waiting.Count;

    public int OpenEnds => _ends.Count(end => end is not null);

    public void Deliver(byte[] packet, in PacketOrigin origin) => _waiting.Enqueue((packet, origin));

    public int Open(BfdSettings settings)
    {
        _ends.Add(settings);
        return _ends.Count - 1;
    }

    public void Close(int endpoint) => _ends[endpoint] = null;

    public bool Send(int endpoint, ReadOnlySpan<byte> packet)
    {
        if (Refuses) return false;
        if (onSend is null) Sent.Add(packet.ToArray());
        else onSend(_ends[endpoint]!, packet.ToArray());
        return true;
    }

    public bool Receive(ReceivedPackets packets)
    {
        while (!packets.IsFull && _waiting.TryDequeue(out var next))
        {
            var kept = next.Packet.AsSpan(0, Math.Min(next.Packet.Length, packets.Free.Length));
            kept.CopyTo(packets.Free);
            packets.Append(next.Packet.Length, next.Origin);
        }

        return _waiting.Count == 0;
    }
}
