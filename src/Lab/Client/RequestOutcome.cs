namespace Director.Lab.Client;

/// <summary>How one request ended, as the client saw it.</summary>
internal enum RequestOutcome
{
    /// <summary>A server answered and said its name.</summary>
    Answered,

    /// <summary>The connection was refused: a RST to the SYN, or an ICMP port unreachable.</summary>
    Refused,

    /// <summary>The connection was established and then reset.</summary>
    Reset,

    /// <summary>Nothing, or not all, came in time.</summary>
    TimedOut,

    /// <summary>Nobody has the address, or an ICMP error said so.</summary>
    Unreachable,

    /// <summary>Something answered that is not the lab's web server.</summary>
    Malformed,
}
