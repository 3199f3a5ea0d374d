namespace Director.Vrrp;

/// <summary>What is tracked. The numbers are on the control wire.</summary>
public enum TrackerKind : byte
{
    /// <summary>Whether an interface is up and has carrier (<c>track_interface</c>).</summary>
    Interface = 0,

    /// <summary>Whether a script succeeds (<c>track_script</c>).</summary>
    Script,

    /// <summary>The number in a file (<c>track_file</c>).</summary>
    File,

    /// <summary>Whether enough processes of a name run (<c>track_process</c>).</summary>
    Process,

    /// <summary>Whether a virtual server has its quorum (<c>track_virtual_server</c>).</summary>
    VirtualServer,

    /// <summary>Whether a BFD session is up (<c>track_bfd</c>).</summary>
    Bfd,
}
