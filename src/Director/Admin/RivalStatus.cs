namespace Director.Admin;

/// <summary>Another master of a virtual router of which this director is master.</summary>
/// <param name="Address">Where it sends from.</param>
/// <param name="Mac">The Ethernet address that its advertisements come from; empty if that is not known.</param>
/// <param name="Advertisements">How many came in a row.</param>
/// <param name="Ignored">Why they are not taken, or empty if they are.</param>
internal sealed record RivalStatus(string Address, string Mac, long Advertisements, string Ignored);
