namespace Director.Datapath.Offload;

/// <summary>What became of the wish to open a flow.</summary>
internal enum FlowOpening
{
    /// <summary>It may be, later.</summary>
    NotYet,

    /// <summary>The program forwards its packets from now on.</summary>
    Opened,

    /// <summary>The slots that could be its own are taken.</summary>
    NoRoom,
}
