namespace Director.Datapath.Ports;

/// <summary>What becomes of a frame.</summary>
public enum Verdict : byte
{
    /// <summary>Not decided yet; the port treats it as <see cref="Drop"/>. No frame leaves the forwarder so.</summary>
    None,

    /// <summary>Transmit on the slot's egress device, as rewritten.</summary>
    Forward,

    /// <summary>Recycle the frame; the reason is counted.</summary>
    Drop,

    /// <summary>Hand the IP packet to the host's own stack, unchanged.</summary>
    ToHost,

    /// <summary>Transmit on the ingress device: the frame now holds an ICMP error that we owe the sender.</summary>
    Reply,
}
