namespace Director.Config;

/// <summary>A <c>garp_group</c>.</summary>
/// <param name="Interfaces"><c>interface</c> and <c>interfaces</c>; never empty.</param>
/// <param name="ArpInterval"><c>garp_interval</c>: between two gratuitous ARP frames out of any of them.</param>
/// <param name="NeighbourInterval"><c>gna_interval</c>: the same of unsolicited neighbour advertisements.</param>
public sealed record GarpGroupConfig(IReadOnlyList<string> Interfaces, TimeSpan ArpInterval, TimeSpan NeighbourInterval);
