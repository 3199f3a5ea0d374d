namespace Director.Bfd.Ports;

/// <summary>
/// The network that sessions live on. One thread. Nothing here throws for what a kernel or a peer may do at run time: failures are
/// returned, and the link keeps its own account of them.
/// </summary>
public interface IBfdLink
{
    /// <summary>
    /// Makes the sending end of a session, of a source port of its own, and listens for its packets; names it by a number. Where the kernel
    /// refuses for now, as when the source address is not there yet, it is tried again with each packet.
    /// </summary>
    int Open(BfdSettings settings);

    /// <summary>Gives the sending end up; the number may be given again.</summary>
    void Close(int endpoint);

    /// <summary>Sends a control packet to the session's neighbour; false if the kernel did not take it.</summary>
    bool Send(int endpoint, ReadOnlySpan<byte> packet);

    /// <summary>Fills <paramref name="packets"/> from the sockets; returns whether they are empty now.</summary>
    bool Receive(ReceivedPackets packets);
}
