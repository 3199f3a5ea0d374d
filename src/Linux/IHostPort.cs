namespace Director.Linux;

/// <summary>
/// The way into the host's own stack for packets that are not ours after all: a TUN device. Used by several workers at once.
/// </summary>
public interface IHostPort
{
    /// <summary>Hands the host an IP packet, without its Ethernet header. Never blocks; false if it could not be written.</summary>
    bool TryWrite(ReadOnlySpan<byte> packet);
}
