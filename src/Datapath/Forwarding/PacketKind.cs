namespace Director.Datapath.Forwarding;

/// <summary>How a packet stands to its flow.</summary>
internal enum PacketKind : byte
{
    /// <summary>A packet of the flow.</summary>
    Whole,

    /// <summary>The first piece of one, with its ports.</summary>
    FirstFragment,

    /// <summary>Another piece: its key names the datagram, not the flow.</summary>
    LaterFragment,

    /// <summary>An ICMP error about a packet of the flow.</summary>
    IcmpError,

    /// <summary>As <see cref="Whole"/>, from a masqueraded server.</summary>
    Answer,

    /// <summary>As <see cref="FirstFragment"/>, from a masqueraded server.</summary>
    AnswerFirstFragment,

    /// <summary>As <see cref="LaterFragment"/>, from a masqueraded server.</summary>
    AnswerLaterFragment,

    /// <summary>An ICMP error about a packet to a masqueraded server.</summary>
    AnswerIcmpError,
}
