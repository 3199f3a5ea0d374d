namespace Director.Config;

/// <summary>How the parameters of a tracked process compare.</summary>
public enum ParameterMatchConfig
{
    /// <summary>None are given, and any will do.</summary>
    None,

    /// <summary>They are the same.</summary>
    Exact,

    /// <summary><c>param_match initial</c>: they begin with those given, of which the last may be the beginning of a word.</summary>
    Initial,

    /// <summary><c>param_match partial</c>: they begin with those given.</summary>
    Partial,
}
