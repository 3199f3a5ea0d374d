namespace Director.Checks.Probes;

/// <summary>What an attempt says about the server.</summary>
public enum ProbeOutcome
{
    /// <summary>It serves.</summary>
    Success,

    /// <summary>It does not.</summary>
    Failure,

    /// <summary>Nothing: this host could not try. It never changes a state.</summary>
    LocalProblem,
}
