namespace Director.Config;

/// <summary>The state that an instance wants at start. The election decides what it gets.</summary>
public enum VrrpInitialState
{
    /// <summary>Wait for a master, and take over when none is heard.</summary>
    Backup,

    /// <summary>Expect to be master: listen for a short time, then take over.</summary>
    Master,
}
