namespace Director.Datapath;

/// <summary>Where kernels disagree, which of them to follow.</summary>
/// <param name="Overhead">The load rule of wlc and lc.</param>
public readonly record struct Compat(OverheadRule Overhead);
