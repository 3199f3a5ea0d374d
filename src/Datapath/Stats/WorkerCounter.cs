namespace Director.Datapath.Stats;

/// <summary>
/// What a worker counts, drops aside (<see cref="Ports.DropReason"/>). Received is the sum of Forwarded, Replies, ToHost and all drops.
/// </summary>
public enum WorkerCounter
{
    /// <summary>Frames taken from the port.</summary>
    Received,

    /// <summary>Frames sent on to a real server, or from a masqueraded one to its client.</summary>
    Forwarded,

    /// <summary>Of those, packets that the XDP program sent on by itself; Received has them too.</summary>
    Offloaded,

    /// <summary>Frames left to the host's own stack.</summary>
    ToHost,

    /// <summary>ICMP errors of our own sent.</summary>
    Replies,

    /// <summary>Packets of masqueraded servers sent to clients, ICMP errors among them; later fragments are not.</summary>
    Answers,

    /// <summary>Packets of another worker's connection, or answers to it, that it could not be told of: they moved nothing.</summary>
    NotesLost,

    /// <summary>ICMP errors that belonged to a connection and went to its server.</summary>
    IcmpFollowed,

    /// <summary>Fragments that followed the first of their datagram.</summary>
    FragmentsFollowed,

    /// <summary>Connections entered into the table.</summary>
    ConnectionsCreated,

    /// <summary>Connections ended by their timer.</summary>
    ConnectionsExpired,

    /// <summary>
    /// Connections ended early because a SYN started a new one between the same ports (<c>conn_reuse_mode</c>, or
    /// <c>expire_nodest_conn</c> and weight 0).
    /// </summary>
    ConnectionsReused,

    /// <summary>Connections ended early because their server had left the pool (<c>expire_nodest_conn</c>).</summary>
    ConnectionsOrphaned,

    /// <summary>Connections handed to the XDP program; again, after something about their server had changed, among them.</summary>
    FlowsOpened,

    /// <summary>Attempts at that for which the slots that could be the flow's were taken: it stays in user space.</summary>
    FlowsRefused,

    /// <summary>New flows for which the table had no room.</summary>
    TableFull,

    /// <summary>Frames forwarded without a connection, by a hash of the client, because the table is or was full.</summary>
    ForwardedUntracked,

    /// <summary>Packets forwarded by one-packet scheduling, each a connection that was over with it.</summary>
    OnePackets,

    /// <summary>Connections whose server the scheduler picked.</summary>
    Scheduled,

    /// <summary>Connections whose server the client's template gave.</summary>
    Persisted,

    /// <summary>Persistence templates made.</summary>
    TemplatesCreated,

    /// <summary>Persistence templates ended by this worker.</summary>
    TemplatesExpired,

    /// <summary>Connections of persistent services made without a template, for want of room.</summary>
    PersistenceFull,

    /// <summary>Batches with at least one frame; frames per batch tell how busy the worker is.</summary>
    Batches,
}
