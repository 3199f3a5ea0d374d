using System.Runtime.CompilerServices;

namespace Director.Datapath.Scheduling;

/// <summary>
/// A server's load for its weight, the fraction <paramref name="Amount"/> / <paramref name="Weight"/>. Fractions are compared crosswise,
/// so no division rounds; 32-bit amounts and weights cannot overflow.
/// </summary>
internal readonly record struct Load(long Amount, int Weight)
{
    /// <summary>That of a server that may not be picked: as 1/0, more than any other.</summary>
    public static Load None => new(1, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLessThan(in Load other) => Amount * other.Weight < other.Amount * Weight;
}
