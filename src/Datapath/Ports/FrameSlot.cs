namespace Director.Datapath.Ports;

/// <summary>
/// One frame's place in a batch: where its bytes are, where it came from, what becomes of it. The port fills the first half, the
/// forwarder the second.
/// </summary>
public struct FrameSlot
{
    /// <summary>
    /// Address of the frame's first byte (Ethernet destination); the <see cref="DatapathLimits.FrameHeadroom"/> bytes in front of it may be
    /// written too. Owned by the port; valid from Receive to Commit.
    /// </summary>
    public nint Address;

    /// <summary>The port's own name for the frame's memory, such as its UMEM address. Nobody else reads it.</summary>
    public ulong Token;

    /// <summary>Bytes of the frame: Ethernet header included, check sequence not.</summary>
    public int Length;

    /// <summary>Bytes that may be written from <see cref="Address"/> on; at least <see cref="Length"/>.</summary>
    public int Capacity;

    /// <summary>The port's device that the frame came in by.</summary>
    public ushort Ingress;

    /// <summary>The port's device to send it by, if <see cref="Verdict"/> is Forward; Reply goes out by <see cref="Ingress"/>.</summary>
    public ushort Egress;

    /// <summary>What becomes of the frame.</summary>
    public Verdict Verdict;

    /// <summary>
    /// Has the frame begin <paramref name="bytes"/> later, or earlier if that is negative, down to <see
    /// cref="DatapathLimits.FrameHeadroom"/> before where it was received. It ends where it did.
    /// </summary>
    public void MoveStart(int bytes)
    {
        Address += bytes;
        Length -= bytes;
        Capacity -= bytes;
    }
}
