namespace Director.LoadScenarios;

/// <summary>How a step, or a whole iteration, ended as the user saw it.</summary>
internal enum ResponseKind
{
    /// <summary>As it should.</summary>
    Ok,

    /// <summary>The connection was refused: a RST to the SYN, or an ICMP port unreachable.</summary>
    Refused,

    /// <summary>The connection was there, and ended before the answer did.</summary>
    Reset,

    /// <summary>Nothing, or not all, came while the user was patient.</summary>
    TimedOut,

    /// <summary>There is no way to the address.</summary>
    Unreachable,

    /// <summary>An answer came that is none.</summary>
    Malformed,

    /// <summary>The user was due, but so many were under way that he was not let begin.</summary>
    TurnedAway,
}
