namespace Director.Net;

/// <summary>
/// What a rule does, by the numbers of Linux include/uapi/linux/fib_rules.h (<c>FR_ACT_*</c>), which are on the control wire too.
/// </summary>
public enum RuleAction : byte
{
    /// <summary>Asks a routing table.</summary>
    Lookup = 1,

    /// <summary>Goes on at another rule.</summary>
    GoTo = 2,

    /// <summary>Nothing.</summary>
    Nothing = 3,

    /// <summary>Drops in silence.</summary>
    Blackhole = 6,

    /// <summary>Answers that the destination cannot be reached.</summary>
    Unreachable = 7,

    /// <summary>Answers that it is forbidden.</summary>
    Prohibit = 8,
}
