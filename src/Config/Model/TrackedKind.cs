namespace Director.Config;

/// <summary>What is tracked.</summary>
public enum TrackedKind
{
    /// <summary><c>track_interface</c>.</summary>
    Interface,

    /// <summary><c>track_script</c>.</summary>
    Script,

    /// <summary><c>track_file</c>.</summary>
    File,

    /// <summary><c>track_process</c>.</summary>
    Process,

    /// <summary><c>track_virtual_server</c>, which keepalived lacks.</summary>
    VirtualServer,

    /// <summary><c>track_bfd</c>.</summary>
    Bfd,
}
