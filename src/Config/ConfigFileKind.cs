namespace Director.Config;

/// <summary>What a path names, as far as reading a configuration from it is concerned.</summary>
public enum ConfigFileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A file without any execute bit; the only kind that is read.</summary>
    Regular,

    /// <summary>A file with an execute bit, which keepalived refuses to read.</summary>
    Executable,

    /// <summary>A directory.</summary>
    Directory,
}
