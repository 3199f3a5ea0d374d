namespace Director.Tracking;

/// <summary>How the parameters of a process compare with those asked for (<c>param_match</c>).</summary>
public enum ParameterMatch
{
    /// <summary>Parameters are not looked at.</summary>
    None,

    /// <summary>They are the same.</summary>
    Exact,

    /// <summary>They begin with those asked for, of which the last may be no more than the beginning of a word.</summary>
    Initial,

    /// <summary>They begin with those asked for, word for word; more may follow.</summary>
    Partial,
}
