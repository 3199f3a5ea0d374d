namespace Director.Config;

/// <summary>
/// Bounds of reading a configuration. Reaching one is a diagnostic (<see cref="DiagnosticCode.Limit"/>), never an exception.
/// </summary>
public static class ConfigLimits
{
    /// <summary>Files open inside one another by <c>include</c>.</summary>
    public const int MaxIncludeDepth = 32;

    /// <summary>Files read in all, counting a file as often as it is included.</summary>
    public const int MaxFiles = 4096;

    /// <summary>Characters of one file.</summary>
    public const int MaxFileCharacters = 16 * 1024 * 1024;

    /// <summary>Characters of all files together, counting a file as often as it is included.</summary>
    public const int MaxTotalCharacters = 64 * 1024 * 1024;

    /// <summary>Characters of the path or pattern of an <c>include</c> line (Linux PATH_MAX).</summary>
    public const int MaxPathCharacters = 4096;

    /// <summary>Patterns that the braces of one <c>include</c> line may expand to.</summary>
    public const int MaxBraceAlternatives = 1024;

    /// <summary>Lines that <c>~SEQ</c>, <c>~LST</c> and definitions of several lines may make in all.</summary>
    public const int MaxExpandedLines = 32 * 1024;

    /// <summary>
    /// Characters of the lines that are made, or that names are looked for in, counting a line each time that it is looked through, and for
    /// each name.
    /// </summary>
    public const long MaxExpandedCharacters = 8 * 1024 * 1024;

    /// <summary>Characters of a line in which names have been replaced.</summary>
    public const int MaxExpandedLineCharacters = 16 * 1024;

    /// <summary>Generators and definitions of several lines within one another.</summary>
    public const int MaxExpansionDepth = 32;

    /// <summary>How often a line is looked through for names that replacing names has made up.</summary>
    public const int MaxSubstitutionPasses = 8;

    /// <summary>Texts of words that are kept to be used again while reading.</summary>
    public const int MaxSharedTexts = 64 * 1024;

    /// <summary>Diagnostics kept of each severity; the others are counted and summed up in a last one.</summary>
    public const int MaxDiagnosticsPerSeverity = 200;

    /// <summary>Characters of the file that a message quotes.</summary>
    public const int MaxQuotedCharacters = 80;

    /// <summary>Characters of a source line that are shown below a message.</summary>
    public const int MaxShownCharacters = 120;

    /// <summary>Characters of a word for which a near keyword is looked up.</summary>
    public const int MaxSuggestionCharacters = 128;

    /// <summary>Characters behind the keyword of a script (Linux include/uapi/linux/binfmts.h, MAX_ARG_STRLEN).</summary>
    public const int MaxScriptCharacters = 128 * 1024;

    /// <summary>Bytes of a VRRP version 2 password (RFC 2338 §5.3.6.1).</summary>
    public const int MaxPasswordBytes = 8;

    /// <summary>Addresses in one VRRP advertisement: its count is one byte (RFC 3768 §5.3.5).</summary>
    public const int MaxAdvertisedAddresses = 255;

    /// <summary>Ways of one route.</summary>
    public const int MaxRouteHops = 64;

    /// <summary>Routes of one block, and rules.</summary>
    public const int MaxRoutes = 512;

    /// <summary>Peers of one instance.</summary>
    public const int MaxUnicastPeers = 255;

    /// <summary>Addresses of one instance that are in no advertisement.</summary>
    public const int MaxExcludedAddresses = 1024;

    /// <summary>Interfaces of one instance for virtual MAC addresses beyond its first.</summary>
    public const int MaxAddressVmacs = 64;

    /// <summary>Interfaces that one instance needs because of <c>track_group</c>.</summary>
    public const int MaxNeededInterfaces = 64;

    /// <summary><c>vrrp_rx_bufs_multiplier</c>.</summary>
    public const int MaxReceiveBufferMultiplier = 65535;

    /// <summary>Interfaces with delays of their own.</summary>
    public const int MaxLinkDelays = 512;

    /// <summary>Bytes of the name of a <c>bfd_instance</c> (keepalived bfd.h, <c>BFD_INAME_MAX</c> less its NUL).</summary>
    public const int MaxBfdNameBytes = 31;

    /// <summary><c>bfd_instance</c> blocks.</summary>
    public const int MaxBfdInstances = 256;

    /// <summary>Addresses and ports of one <c>virtual_server_group</c>, ranges written out.</summary>
    public const int MaxGroupEndpoints = 4096;

    /// <summary>Bytes of an interface name or address label (Linux include/uapi/linux/if.h, IFNAMSIZ less its NUL).</summary>
    public const int MaxInterfaceNameBytes = 15;
}
