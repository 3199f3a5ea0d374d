namespace Director.VrrpProcess;

/// <summary>
/// What a message between the main and the VRRP process is. The numbers are on the wire; they are never used again for another thing.
/// </summary>
internal enum ControlKind : byte
{
    /// <summary>
    /// To VRRP, with descriptors: the VIP map, if there is one, the epoch of offloaded flows, if any are, and the XDP links to hold.
    /// </summary>
    Steering = 1,

    /// <summary>To VRRP: one instance of the configuration that <see cref="Commit"/> completes.</summary>
    Instance = 2,

    /// <summary>
    /// To VRRP: some of the addresses to steer that no instance owns, of the configuration that <see cref="Commit"/> completes.
    /// </summary>
    StaticAddresses = 3,

    /// <summary>To VRRP: the configuration is complete; it replaces the one before.</summary>
    Commit = 4,

    /// <summary>To VRRP: the main process lives, and packets were served until an instant.</summary>
    Heartbeat = 5,

    /// <summary>To VRRP: send every instance's counters.</summary>
    CountersRequest = 6,

    /// <summary>To VRRP: resign and exit.</summary>
    Stop = 7,

    /// <summary>To VRRP: one sync group of the configuration that <see cref="Commit"/> completes.</summary>
    SyncGroup = 8,

    /// <summary>To VRRP: how something tracked is. Before <see cref="Commit"/> if the new configuration is the first to track it.</summary>
    Tracker = 9,

    /// <summary>To VRRP: how the process is scheduled, from now on.</summary>
    Scheduling = 10,

    /// <summary>To VRRP: more of the instance sent last: how it has its addresses.</summary>
    Ownership = 20,

    /// <summary>To VRRP: a route of the instance sent last; before the first instance, of the host.</summary>
    Route = 21,

    /// <summary>To VRRP: a rule of the instance sent last; before the first instance, of the host.</summary>
    Rule = 22,

    /// <summary>To VRRP: what concerns the host and no instance; before the first one.</summary>
    Host = 23,

    /// <summary>To VRRP: one BFD session of the configuration that <see cref="Commit"/> completes.</summary>
    BfdSession = 30,

    /// <summary>To main: an instance's state.</summary>
    State = 64,

    /// <summary>To main: a line for the log.</summary>
    Line = 65,

    /// <summary>To main: an instance's counters.</summary>
    Counters = 66,

    /// <summary>To main: a sync group's state.</summary>
    GroupState = 67,

    /// <summary>To main: something that an instance heard.</summary>
    Notice = 68,

    /// <summary>To main: how a BFD session stands; when its state changes, and after <see cref="CountersRequest"/>.</summary>
    BfdStanding = 80,
}
