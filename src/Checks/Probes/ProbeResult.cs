namespace Director.Checks.Probes;

/// <summary>The end of one attempt.</summary>
/// <param name="Outcome">What it says about the server.</param>
/// <param name="Reason">Why, for a person: <c>connection refused</c>; null of a success.</param>
public readonly record struct ProbeResult(ProbeOutcome Outcome, string? Reason)
{
    /// <summary>What a success says of the server's weight; null if it says nothing.</summary>
    public ProbeWeight? Weight { get; init; }

    /// <summary>The server serves.</summary>
    public static ProbeResult Success => new(ProbeOutcome.Success, null);

    /// <summary>The server does not serve.</summary>
    public static ProbeResult Failure(string reason) => new(ProbeOutcome.Failure, reason);

    /// <summary>This host could not try.</summary>
    public static ProbeResult LocalProblem(string reason) => new(ProbeOutcome.LocalProblem, reason);
}
