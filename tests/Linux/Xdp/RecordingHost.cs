using Director.Linux;

namespace Director.Tests.Linux.Xdp;

/// <summary>A host that keeps what it is handed, as long as it takes anything.</summary>
internal sealed class RecordingHost : IHostPort
{
    public List<byte[]> Packets { get; } = [];

    public bool Takes { get; set; } = true;

    public bool TryWrite(ReadOnlySpan<byte> packet)
    {
        if (Takes) Packets.Add(packet.ToArray());
        return Takes;
    }
}
