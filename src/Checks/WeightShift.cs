using Director.Checks.Probes;

namespace Director.Checks;

/// <summary>
/// What a server's checks together make of its weight. Each check contributes the difference to the configured weight, and the
/// contributions add up, so two that each ask for a weight of their own do not each get it (keepalived check/check_misc.c).
/// </summary>
/// <param name="Replacing">How many ask for a weight instead of the configured one.</param>
/// <param name="Sum">All that is asked for, added up.</param>
public readonly record struct WeightShift(int Replacing, long Sum)
{
    /// <summary>The weight in force, 0–2147483647, of a server with this configured weight.</summary>
    public int Of(int configured) => (int)Math.Clamp(configured + Sum - ((long)Replacing * configured), 0, int.MaxValue);

    /// <summary>With one more check.</summary>
    internal WeightShift With(ProbeWeight weight) => new(Replacing + (weight.Replaces ? 1 : 0), Sum + weight.Value);
}
