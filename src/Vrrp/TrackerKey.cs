namespace Director.Vrrp;

/// <summary>Names something tracked.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in the configuration; of an interface, the interface's.</param>
public readonly record struct TrackerKey(TrackerKind Kind, string Name);
