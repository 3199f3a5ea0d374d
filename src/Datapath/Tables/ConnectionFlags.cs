namespace Director.Datapath.Tables;

/// <summary>What a connection slot notes beside its state.</summary>
[Flags]
internal enum ConnectionFlags : byte
{
    None = 0,

    /// <summary>Counted among its server's active connections.</summary>
    Active = 1,

    /// <summary>The slot holds a connection.</summary>
    InUse = 2,

    /// <summary>Its server has answered.</summary>
    Answered = 4,

    /// <summary>The XDP program has its flow.</summary>
    Offloaded = 8,
}
