namespace Director.Checks.Probes;

/// <summary>What a passing check has to say of its server's weight.</summary>
/// <param name="Value">The weight, or what is added to the configured one.</param>
/// <param name="Replaces">Whether it is meant instead of the configured weight.</param>
public readonly record struct ProbeWeight(long Value, bool Replaces);
